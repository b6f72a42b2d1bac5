import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {referenceCauses, requiredNeeds} from '../../../diagnosis/reference-causes.ts';
import {keysOf} from '../../../diagnosis/renamed-key.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';

function lacksSomething(workload: KubeObject, survey: Survey): boolean {
	const {namespace} = workload.metadata;
	return requiredNeeds(podSpecOf(workload)).some(({kind, name, key}) => {
		if (!survey.isRead(kind, namespace)) return false;
		const holder = survey.find(kind, namespace, name);
		return holder === undefined || (key !== undefined && !keysOf(holder).includes(key));
	});
}

/** The registry may hand out an image without the Secret: pods start all the same. */
const isForPull = ({evidence}: Cause) => evidence.some(({detail}) => detail.startsWith('image pull secret:'));

/** Objects and keys that pods name and that are not there, whether or not a pod has started since. */
export const referenceFaults: Analyzer = survey =>
	startingWorkloads(survey)
		.filter(workload => lacksSomething(workload, survey))
		.flatMap(workload => {
			const severity = severityOfStart(workload, survey);
			return referenceCauses(caseOf(workload, survey.scene(workload.metadata.namespace ?? ''))).map(cause => ({
				...cause,
				severity: isForPull(cause) ? 'medium' : severity,
			}));
		});
