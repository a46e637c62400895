import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Channel } from 'amqplib';
import { namesOf } from '../../src/adapters/rabbitmq/topology';
import { duels } from '../../bench/support/people';
import { startPostgres } from '../../src/adapters/embedded/postgres/embedded-postgres';
import { ChildServer } from '../support/child-server';
import { eventually } from '../support/eventually';
import { OwnBroker } from '../support/own-broker';
import { Proxy } from '../support/proxy';
import { Account } from './account';

const names = namesOf('');
const JUDGED_WITHIN_MS = 180_000;
/** Of two servers, each with one to announce and one to take jobs. */
const CONNECTIONS = 4;

/** Two servers on one database and one broker, each behind a wire of its own. */
class Site {
  private constructor(
    readonly broker: OwnBroker,
    readonly account: Account,
    private readonly url: string,
    private readonly servers: { server: ChildServer; readonly wire: Proxy; address: string; readonly dir: string }[],
    private readonly stop: () => Promise<void>,
  ) {}

  static async open(): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'joust-faults-'));
    const postgres = await startPostgres({ dataDir: folder, log: () => undefined });
    const { host, user, database } = postgres.connection;
    const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
    const broker = await OwnBroker.start();
    const stop = async () => {
      await broker.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    };
    const servers = [];
    for (const name of ['a', 'b']) {
      const wire = await Proxy.to(broker.url);
      servers.push({ ...(await startServer(join(folder, name), url, wire.url)), wire, dir: join(folder, name) });
    }
    const account = await Account.open(postgres.connection, await duels(servers[0]!.address, 10));
    return new Site(broker, account, url, servers, stop);
  }

  /** Where submissions are sent. */
  get address(): string {
    return this.servers[0]!.address;
  }
  get wires(): readonly Proxy[] {
    return this.servers.map(({ wire }) => wire);
  }

  /** Kills the second server, and starts it anew when `between` is over. */
  async killSecond(between: () => Promise<void>): Promise<void> {
    const second = this.servers[1]!;
    await second.server.stop('SIGKILL');
    second.wire.cut();
    second.wire.thaw();
    await between();
    Object.assign(second, await startServer(second.dir, this.url, second.wire.url));
  }

  /** A question of one's own to the broker. */
  async ask<T>(question: (channel: Channel) => Promise<T>): Promise<T> {
    const model = await connect(this.broker.url);
    try {
      return await question(await model.createChannel());
    } finally {
      await model.close();
    }
  }

  async close(): Promise<void> {
    for (const { server } of this.servers) await server.stop();
    for (const { wire } of this.servers) await wire.close();
    await this.account.close();
    await this.stop();
  }
}

async function startServer(dataDir: string, database: string, amqp: string) {
  const server = ChildServer.start({
    ...{ DATA_DIR: dataDir, DATABASE_URL: database, AMQP_URL: amqp, JUDGE_SLOTS: '2' },
    ...{ RATE_LIMITS: 'off', LOG_LEVEL: 'error', JWT_SECRET: 'of trials, the same for both 0123456789' },
  });
  return { server, address: await server.ready() };
}

/** What a trial found besides the account: that its fault really hit, and how long it took to mend. */
interface Found {
  readonly hit: boolean;
  readonly [fact: string]: number | boolean;
}
type Trial = (site: Site) => Promise<Found>;

const seconds = (since: number) => Number(((Date.now() - since) / 1000).toFixed(1));
const allJudged = (account: Account) =>
  eventually('all are judged', async () => (await account.pending()) === 0, {
    patienceMs: JUDGED_WITHIN_MS,
    paceMs: 100,
  });

const TRIALS: Readonly<Record<string, Trial>> = {
  async 'the broker is killed and restarted during 1,000 submissions'({ broker, account, address }) {
    const sent = account.send(address, 1_000);
    await eventually('300 are accepted', () => account.accepted.size >= 300, { patienceMs: 60_000 });
    await broker.kill();
    const [diedAt, before] = [Date.now(), account.accepted.size];
    const judgedBefore = await account.judged();
    await eventually('300 more are accepted without it', () => account.accepted.size >= before + 300, {
      patienceMs: 60_000,
    });
    const alone = seconds(diedAt);
    await broker.begin();
    const backAt = Date.now();
    const judged = await account.judged();
    await eventually('somebody is judged again', async () => (await account.judged()) > judged, { patienceMs: 60_000 });
    const recoveredAfterSeconds = seconds(backAt);
    await sent;
    await allJudged(account);
    return {
      ...{ hit: judgedBefore < before, judgedBefore, acceptedWhileAway: 300, withinSeconds: alone },
      ...{ recoveredAfterSeconds, allJudgedAfterSeconds: seconds(backAt) },
    };
  },

  async 'all connections are closed, by the broker and by the wire, during 300 submissions'({
    broker,
    account,
    address,
    wires,
  }) {
    const sent = account.send(address, 300);
    await eventually('some are accepted', () => account.accepted.size >= 50, { patienceMs: 60_000 });
    const connections = () => wires.reduce((sum, wire) => sum + wire.connections, 0);
    const before = connections();
    const again = () => connections() - before;
    broker.ctl('close_all_connections', 'a trial');
    // Where nobody is connected yet there is nothing to cut.
    await eventually('all are connected again', () => again() >= CONNECTIONS);
    for (const wire of wires) wire.cut();
    const cutAt = Date.now();
    await sent;
    await allJudged(account);
    await eventually('all are connected once more', () => again() >= 2 * CONNECTIONS);
    return { hit: again() >= 2 * CONNECTIONS, connectedAgain: again(), allJudgedAfterSeconds: seconds(cutAt) };
  },

  async 'the broker is short of memory and takes nothing, during 100 submissions'({ broker, account, address }) {
    broker.ctl('set_vm_memory_high_watermark', 'absolute', '1MB');
    const began = Date.now();
    await account.send(address, 100);
    const withinSeconds = seconds(began);
    broker.ctl('set_vm_memory_high_watermark', '0.4');
    const backAt = Date.now();
    const judged = await account.judged();
    await allJudged(account);
    return { hit: judged < 100, judgedBefore: judged, withinSeconds, allJudgedAfterSeconds: seconds(backAt) };
  },

  async 'the dead letters are deleted while jobs are given up'(site) {
    const { account, address } = site;
    await account.send(address, 100);
    await site.ask((channel) => channel.deleteQueue(names.deadLetters));
    await account.wearOut();
    const began = Date.now();
    await allJudged(account);
    const givenUp = await account.givenUp();
    const notices = () => site.ask(async (channel) => (await channel.checkQueue(names.deadLetters)).messageCount);
    await eventually('all notices are there', async () => (await notices()) >= givenUp, {
      patienceMs: 60_000,
      paceMs: 200,
    });
    return { hit: givenUp > 0, givenUp, notices: await notices(), recoveredAfterSeconds: seconds(began) };
  },

  async 'a judge is killed between verdict and acknowledgement'(site) {
    const { account, address, wires, broker } = site;
    const sent = account.send(address, 60);
    await eventually('some are judged', async () => (await account.judged()) >= 10, { patienceMs: 60_000, paceMs: 10 });
    wires[1]!.freeze();
    await sent;
    await allJudged(account);
    const unacknowledged = () => {
      const line = broker.ctl('list_queues', '--no-table-headers', 'name', 'messages_unacknowledged');
      return Number(new RegExp(`^${names.queue.replaceAll('.', '[.]')}\\s+(\\d+)`, 'm').exec(line)![1]);
    };
    const redelivered = unacknowledged();
    const killedAt = Date.now();
    let recoveredAfterSeconds = 0;
    await site.killSecond(async () => {
      await eventually('nothing is in hand', () => unacknowledged() === 0, { patienceMs: 60_000 });
      recoveredAfterSeconds = seconds(killedAt);
    });
    return { hit: redelivered > 0, redelivered, recoveredAfterSeconds };
  },
};

/** What is accepted is judged, once, whatever becomes of the broker and of who judges. */
export async function queue(): Promise<boolean> {
  const site = await Site.open();
  let held = true;
  try {
    for (const [trial, run] of Object.entries(TRIALS)) {
      site.account.begin();
      const found = await run(site);
      const counts = await site.account.balance();
      const well = found.hit && counts.lost === 0 && counts.judgedTwice === 0 && counts.refused + counts.failed === 0;
      held &&= well;
      process.stdout.write(`${JSON.stringify({ trial, held: well, ...counts, ...found })}\n`);
    }
  } finally {
    await site.close();
  }
  return held;
}
