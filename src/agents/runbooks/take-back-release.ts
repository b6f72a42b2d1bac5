import type {Runbook} from './runbook.ts';

export const takeBackRelease: Runbook = {
	name: 'take-back-release',
	title: 'Take a bad release back',
	description: 'Brings the last good version back with the settings that it had, and checks that it serves',
	when: 'where a version that is out does harm and the one before did not',
	steps: [
		{
			do: 'Look at the workload with `deployment_status`: a rollout that is under way is taken back with `deployment_abort`, and this runbook ends there.',
		},
		{
			do: 'Read `rollout_history` and choose the revision: the last one that served well, which need not be the one before.',
			more: 'Compare the time of its revision with the time at which the harm began. If it began before the release, the release is not the cause.',
		},
		{
			do: 'Ask for `deployment_rollback`, with `to` where it is not the revision before.',
			more: 'Its plan tells which ConfigMaps, Secrets, autoscaler, Services and routes come back with the template, and which cannot because nobody kept them.',
		},
		{do: 'Follow it with `deployment_status` until the version before serves alone.'},
		{
			do: 'Check that the harm is over by the sign that it was noticed by, with `pod_logs` and `events_list`.',
			more: 'A rollback that is done is not yet a harm that is over: caches, queues and clients hold on to things.',
		},
		{do: 'Tell what was taken back, when, and what is not known yet. Keep the bad version out until its cause is named.'},
	],
	look: [
		'A migration that the new version ran: the old version may not read what is stored now. Ask before you go back.',
		'Settings that changed beside the image: a rollback of the image alone would run the old version with new settings.',
		'An owner such as Argo CD, Flux or Helm: it rolls forward again unless its source is taken back too.',
		'How many pods serve while it goes back: with `maxUnavailable` of one in two, half of the users feel it.',
	],
	stop: [
		'The harm began before the release.',
		'The plan says that something of the earlier revision is gone, such as a Secret: ask for it before anything is rolled.',
		'The version before did not serve well either: go further back, or forward with a fix.',
	],
	back: [
		'`undo` with the id of its journal entry sets the newer version again, where nobody changed it since.',
		'`rollout_history` shows the rollback as a revision of its own: `deployment_rollback` to the one before it does the same.',
	],
};
