import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Visit } from '../../core/visit';

export const VisitContext = createContext<Visit | null>(null);

/** The visit this part of the page belongs to. */
export function useVisit(): Visit {
  return useContext(VisitContext)!;
}
