import type {Runbook} from './runbook.ts';

export const endIncident: Runbook = {
	name: 'end-incident',
	title: 'End an incident',
	description: 'Goes from a symptom to its cause by evidence, mends it by a plan that a person says yes to, and proves that it helped',
	when: 'where something is broken, slow or out of reach, and should be explained, mended or reported',
	steps: [
		{
			do: 'Look at everything with `failure_detect`: of each incident it tells the cause, the field, what it shows in and what it hits.',
			more: 'Name the namespace if the request does. What is joined under one cause is mended there, and not where it shows.',
		},
		{
			do: 'Rank the causes with `root_cause_analyze`, with the words of the request as `symptom`, and weigh what speaks against the first one.',
			more: 'Two that weigh nearly the same stay two: say what would refute each. Where nothing is found, read what the program says itself with `pod_logs`.',
		},
		{
			do: 'If only the reason was asked for, name the cause, its evidence and what it hits, and stop here.',
			more: 'Who leans on it through others tells `incident_impact`.',
		},
		{
			do: 'List the ways out with `generate_recovery_strategy` and the key of that incident, the least invasive first.',
			more: 'Each was tried as a dry run: what the server refuses is listed with its reason, and so is what is no way out.',
		},
		{
			do: 'Ask for one with `auto_recovery`, by its key as `incident`: it makes a plan, and a person says yes. Where several fit and the objects tell none, let the person choose, and pass the number as `choice`.',
		},
		{
			do: 'Look again: it tells whether the cause is gone and what it hurt is well. Where it is still there or got worse, offer the way back before anything else.',
			more: 'See with `failure_detect` that nothing new is wrong.',
		},
		{
			do: 'Report with `incident_report` if that was asked for: what was, why, what was done, and what was not checked.',
		},
	],
	look: [
		'What changed shortly before: `incident_timeline` of the object tells rollouts, edits, node events and what mkcoa did.',
		'Many sick workloads on one node, or that need one ConfigMap: the incident lies there, and mending one of them alone helps nobody.',
		'What is on its way: it changed within the last minutes, and may become well by itself. Look again before you mend it.',
		'What could not be looked at stands at the end of every answer. It is no pass.',
	],
	stop: [
		'Nobody can tell from the objects how it should be: ask whoever the strategy names, and do not guess a value.',
		'The plan tells of an owner such as Argo CD, Flux or Helm, who would set it back: say so, and ask whether it should go through their repository.',
		'The only way left deletes something, scales it to zero or loosens a rule: a person who knows the application decides that.',
		'Users suffer since a release, and the version before served well: taking it back comes first (runbook take-back-release).',
	],
	back: ['Every plan of `auto_recovery` names its way back: `mkcoa undo` with the id that the outcome tells.'],
};
