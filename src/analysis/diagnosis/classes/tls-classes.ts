import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `tls`. */
export const tlsClasses = {} as const satisfies FaultClasses;
