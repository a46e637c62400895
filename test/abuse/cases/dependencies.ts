import type { Cases } from '../case';

/* What a service that fails does to a duel is tried where services are started to be broken. */
export const DEPENDENCIES: Cases = {
  'DEP-01': {
    heldBy: 'test/e2e/rabbitmq.spec.ts',
    as: 'while the broker is away submissions are accepted as ever, and are judged when it is back',
  },
  'DEP-02': {
    heldBy: 'test/e2e/two-processes.spec.ts',
    as: 'goes on while %s, and both see everything in order and once',
  },
  'DEP-03': { heldBy: 'test/e2e/faults.spec.ts', as: 'the server answers 503 and when to come back, and lives on' },
  'DEP-04': {
    heldBy: 'test/e2e/submitting.spec.ts',
    as: 'is one submission, however often and how much at once it is sent, also after the end',
  },
  'DEP-05': {
    heldBy: 'test/ports/rabbitmq.spec.ts',
    as: 'notices that its queue is not there, says so once, and has it back with the next look',
  },
  'DEP-06': {
    heldBy: 'test/ports/rabbitmq.spec.ts',
    as: 'keeps what was given up while the dead letters are deleted',
  },
};
