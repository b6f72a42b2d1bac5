import type {AnyCheck} from './check.ts';
import {containerChecks} from './workload/container-checks.ts';

/** Every check, in the order of the families. Ids are unique. */
export const allChecks: readonly AnyCheck[] = [...containerChecks];
