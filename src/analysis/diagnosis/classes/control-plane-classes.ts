import type {FaultClasses} from './fault-class.ts';

/** Faults of the family `control-plane`. */
export const controlPlaneClasses = {} as const satisfies FaultClasses;
