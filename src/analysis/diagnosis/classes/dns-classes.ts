import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `dns`. */
export const dnsClasses = {} as const satisfies FaultClasses;
