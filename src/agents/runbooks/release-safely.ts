import type {Runbook} from './runbook.ts';

export const releaseSafely: Runbook = {
	name: 'release-safely',
	title: 'Bring a version out safely',
	description: 'Brings a new version out by a canary that is judged at each step, and promotes it or takes it back',
	when: 'where a workload gets another image',
	steps: [
		{
			do: 'Look at the workload with `deployment_status`: a rollout that is under way comes first.',
			more: 'It has to be healthy now: a canary is compared with what serves today, and a sick one proves nothing.',
		},
		{
			do: 'Look at the ways there are with `analyze_environment`: routes that share traffic, metrics, controllers, who owns the workload.',
			more: 'Where Argo CD, Flux or Helm owns it, a change here is undone by them: say so, and ask whether it should go through their repository instead.',
		},
		{
			do: 'Choose the strategy that was asked for; otherwise `deployment_update`, and `deployment_canary` where metrics can judge it.',
			more: 'Begin small and end in a few steps, such as 5, 25, 50. `pauseAt` lets it stand until somebody promotes. Give `metrics` that users feel: error-ratio and latency-p99 before saturation.',
		},
		{
			do: 'Say how it is taken back: `deployment_abort` while it is under way, `deployment_rollback` with the revision after that.',
		},
		{
			do: 'Follow it with `deployment_status` and tell each verdict with its numbers.',
			more: 'An open verdict says how many minutes or requests are missing. Wait for them: no verdict is no pass.',
		},
		{
			do: 'Where it stands at a step and passed, ask for `deployment_promote`; where it failed, or somebody doubts, for `deployment_abort`.',
			more: '`full` skips what is left and judges nothing more. It is for a version that must be out now whatever the numbers say, and a person has to have said so.',
		},
	],
	look: [
		'The counts behind a verdict: 2 errors in 40 requests are no 5 %.',
		'Restarts and memory of the canary against the stable version, both since the canary began: see `resource_usage`.',
		'Log shapes that only the new version has: `pod_logs` of both sides with `fold`.',
		'Whether its autoscaler, disruption budget or quota leaves room for the pods that come on top.',
		'Migrations of a database: a version that cannot read what the other one writes must not serve beside it.',
	],
	stop: [
		'It is not healthy before you begin, or somebody else rolls it out.',
		'The plan tells of an owner of the field, or of a consequence that the person did not ask for.',
		'The judge fails it, or a rate of errors that users see rises: abort, then look for the reason. Never raise a threshold to let it pass.',
		'No metrics can be read: say that it would go out unjudged, and let the person choose.',
	],
	back: [
		'While it is under way: `deployment_abort`. The version before serves alone again; what it served meanwhile is not taken back.',
		'After the promotion: `deployment_rollback`, which brings back the ConfigMaps, Secrets and routes of that revision as well (runbook take-back-release).',
		'mkcoa died half way: `deployment_status` tells where it stands, and `deployment_resume` or `deployment_abort` go on from there, from any machine.',
	],
};
