import type {Pod} from '../pod-shapes.ts';
import type {FailureRule, Job} from '../shapes.ts';

export type PolicyVerdict = {readonly action: FailureRule['action']; readonly message: string};

/** What the failure policy of the job says of a failed pod: the first rule that fits. Without one, a failure counts. */
export function judgeFailure({spec}: Job, pod: Pod): PolicyVerdict {
	for (const [index, rule] of (spec.podFailurePolicy?.rules ?? []).entries()) {
		const what = match(rule, pod);
		if (what !== undefined) return {action: rule.action, message: `${what} matching ${rule.action} rule at index ${index}`};
	}
	return {action: 'Count', message: ''};
}

function match({onExitCodes, onPodConditions = []}: FailureRule, pod: Pod): string | undefined {
	const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
	if (onExitCodes !== undefined) {
		const {containerName, operator, values} = onExitCodes;
		const ended = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(status => {
			const code = status.state?.terminated?.exitCode ?? 0;
			if (code === 0 || (containerName !== undefined && containerName !== status.name)) return false;
			return values.includes(code) === (operator === 'In');
		});
		return ended && `Container ${ended.name} for pod ${name} failed with exit code ${ended.state?.terminated?.exitCode}`;
	}
	const condition = onPodConditions.find(({type, status = 'True'}) =>
		pod.status?.conditions?.some(other => other.type === type && other.status === status),
	);
	return condition && `Pod ${name} has condition ${condition.type}`;
}
