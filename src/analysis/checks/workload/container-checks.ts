import {valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check} from '../check.ts';
import {onContainers} from './on-containers.ts';

/** What a container may do to its node. */
export const containerChecks: readonly AnyCheck[] = [
	check({
		id: 'privileged-container',
		family: 'workload',
		title: 'Containers do not run privileged',
		why: 'Whoever takes over a privileged container has the node: every device, every capability, no confinement.',
		severity: 'high',
		...onContainers(({container, path, name}) =>
			valueAt(container, 'securityContext', 'privileged') === true
				? {
						paths: [`${path}.securityContext.privileged`],
						mends: [{path: `${path}.securityContext.privileged`, value: false}],
						evidence: `container ${name} runs privileged`,
					}
				: undefined,
		),
	}),
];
