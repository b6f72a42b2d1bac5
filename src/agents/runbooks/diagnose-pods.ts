import type {Runbook} from './runbook.ts';

export const diagnosePods: Runbook = {
	name: 'diagnose-pods',
	title: 'Find out why pods do not run',
	description: 'Goes from a pod that crashes, waits or is not ready to the one cause behind it, by evidence and without a change',
	when: 'where pods of a workload crash, cannot pull their image, stay pending or do not become ready',
	steps: [
		{
			do: 'Look at the workload with `deployment_status`: it tells which version serves which share, and why a pod does not run.',
			more: 'Take note of when it began: of the revision, or of an hour at which no revision was made.',
		},
		{
			do: 'Find the pods that fail with `resource_list` of kind pods, and read one of them with `resource_describe`.',
			more: 'One pod stands for all that fail in the same way. If they fail in two ways, go on with each of them.',
		},
		{
			do: 'Read what was said of it with `events_list`, and what it said itself with `pod_logs`, with `previous` where it restarted.',
			more: 'Give `object` its name, so that events of other pods do not hide it. The last lines before the end matter, not the first error of the day.',
		},
		{
			do: 'Look at what changed before it began with `rollout_history`.',
			more: 'Where nothing changed here, look at what it needs: its ConfigMaps, Secrets, claims and Services, each with `resource_describe`, and its node.',
		},
		{
			do: 'Name the cause with its evidence, or the causes that are left and what would tell them apart. Plan a fix only if the request asks for one.',
		},
	],
	look: [
		'`CrashLoopBackOff`: the exit code and the last lines of the run before. 137 with `OOMKilled` is the memory limit; 137 without it is a failed liveness probe or a node; 1 and 2 are the program; 126 and 127 are a command that is not there.',
		'`ImagePullBackOff`, `ErrImagePull`: the text of the event. Not found is a wrong name or tag; unauthorized is a pull secret; a time-out is the registry or the network of the node; no match for platform is an image for another architecture.',
		'`Pending` with `FailedScheduling`: the event counts nodes by reason. Too little CPU or memory is room; taints and affinity are placement; an unbound claim is storage. Compare requests with `resource_usage`, which tells use, not what is reserved.',
		'`Pending` without an event: a quota or an admission webhook stopped the pod before it was made. Read events of the ReplicaSet, not of the pod.',
		'`CreateContainerConfigError`: a ConfigMap, a Secret or one of its keys is missing. The event names it.',
		'`Init:` in front of a state: read the logs of that init container with `container`.',
		'Running but not ready: the readiness probe. Compare its port and path with what the container listens on.',
		'All pods of one node fail and others do not: look at the node with `resource_describe` before the workload.',
	],
	stop: [
		'Another rollout of the same workload is under way: what you see may be over in a minute. Follow it with `deployment_status` first.',
		'You have two causes and no evidence between them: say both, and what would tell them apart. Do not guess.',
		'A value of a Secret would be needed to go on: it is shown to nobody. Tell the person which key to check.',
		'Requests of users fail now and the version before served well: taking it back comes before knowing why (runbook take-back-release).',
	],
	back: ['Nothing is changed by this runbook, so there is nothing to take back.'],
};
