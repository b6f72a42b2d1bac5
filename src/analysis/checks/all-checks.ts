import {execRoleChecks} from './access/exec-role-checks.ts';
import {autoscalerChecks} from './availability/autoscaler-checks.ts';
import {availabilityChecks} from './availability/availability-checks.ts';
import {budgetChecks} from './availability/budget-checks.ts';
import type {AnyCheck} from './check.ts';
import {clusterChecks} from './cluster-checks.ts';
import {imageChecks} from './image/image-checks.ts';
import {declaredFlowChecks} from './network/declared-flow-checks.ts';
import {secretChecks} from './secret/secret-checks.ts';
import {containerChecks} from './workload/container-checks.ts';
import {hostChecks} from './workload/host-checks.ts';
import {hostPathChecks} from './workload/host-path-checks.ts';
import {identityChecks} from './workload/identity-checks.ts';
import {kernelChecks} from './workload/kernel-checks.ts';
import {resourceChecks} from './workload/resource-checks.ts';
import {sandboxChecks} from './workload/sandbox-checks.ts';
import {shapeChecks} from './workload/shape-checks.ts';
import {userChecks} from './workload/user-checks.ts';

/** Every check, in the order of the families. Ids are unique. */
export const allChecks: readonly AnyCheck[] = [
	...containerChecks,
	...hostChecks,
	...hostPathChecks,
	...userChecks,
	...kernelChecks,
	...identityChecks,
	...resourceChecks,
	...shapeChecks,
	...sandboxChecks,
	...imageChecks,
	...secretChecks,
	...clusterChecks,
	...execRoleChecks,
	...declaredFlowChecks,
	...availabilityChecks,
	...autoscalerChecks,
	...budgetChecks,
];
