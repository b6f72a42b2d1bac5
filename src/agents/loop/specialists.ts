import {diagnosePods} from '../runbooks/diagnose-pods.ts';
import {endIncident} from '../runbooks/end-incident.ts';
import {releaseSafely} from '../runbooks/release-safely.ts';
import {playbookOf} from '../runbooks/runbook.ts';
import type {Specialist} from './specialist.ts';

const looks = ['k8s'];

/** The specialists of mkcoa, a closed set: what is planned for another one is refused before anything runs. */
export const specialists: readonly Specialist[] = [
	{
		name: 'deploy',
		summary: 'Brings versions out, creates and changes workloads, services, settings and access, and takes changes back',
		brief:
			'You are the deploy specialist: you bring new versions out so that users notice nothing, and you know the way back before you begin.',
		toolsets: ['k8s', 'deploy'],
		playbooks: [playbookOf(releaseSafely), playbookOf(diagnosePods)],
	},
	{
		name: 'monitoring',
		summary: 'Measures workloads and nodes, and tells what their numbers say',
		brief:
			'You are the monitoring specialist. You read what the cluster tells of itself and separate what is measured from what is assumed.',
		toolsets: ['k8s', 'observe', 'monitor'],
		playbooks: [],
	},
	{
		name: 'security',
		summary: 'Scans workloads, rights and audit logs, and proposes policies that close what it finds',
		brief:
			'You are the security specialist. You give a verdict only where something was looked at, name what was not checked and why, and never ask for a secret value.',
		toolsets: ['k8s', 'evidence', 'security'],
		playbooks: [],
	},
	{
		name: 'cost',
		summary: 'Answers what workloads request and use, and what that costs',
		brief: 'You are the cost specialist. You compare requests with use, and say for which time and on what data.',
		toolsets: looks,
		playbooks: [],
		comes: 'It will price namespaces and workloads, forecast the bill, and propose smaller requests and reservations.',
	},
	{
		name: 'incident',
		summary: 'Finds out what is wrong and why, mends it by the least invasive plan, proves that it helped, and reports',
		brief:
			'You are the incident specialist: you go from the symptom to the cause by evidence, mend no more than that cause, and say what you did not check.',
		toolsets: ['k8s', 'observe', 'incident'],
		playbooks: [playbookOf(endIncident)],
	},
	{
		name: 'config',
		summary: 'Answers what manifests and settings a workload needs',
		brief: 'You are the configuration specialist. You read what is there and say what it should be, field by field.',
		toolsets: looks,
		playbooks: [],
		comes: 'It will write manifests, network policies, backup and monitoring settings that fit the workload.',
	},
];
