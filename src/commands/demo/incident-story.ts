import type {Scene} from './story.ts';

const namespace = 'broken';
const service = 'Service/service-selector-wrong';

/** The story of a night on call: much is wrong, one thing is picked, mended, proven, and taken back. It plays on the scenario `broken`. */
export const incidentStory: readonly Scene[] = [
	{
		id: 'detect',
		title: 'What is wrong',
		says: `Everything in the namespace ${namespace} is looked at: one list for each kind. What has one cause is one incident, the gravest first.`,
		call: {tool: 'failure_detect', input: {namespace}},
		ends: 'done',
	},
	{
		id: 'ways-out',
		title: 'Why, and what helps',
		says: `Nobody reaches what stands behind ${service}. The evidence, and the ways out, the least invasive first:`,
		call: {tool: 'generate_recovery_strategy', input: {namespace, incident: service}},
		ends: 'done',
	},
	{
		id: 'mend',
		title: 'Mend it',
		says: 'The remedy is a plan like any other: read it, say yes, and the cause is looked for again until it is gone.',
		call: {tool: 'auto_recovery', input: {namespace, incident: service}},
		ends: 'done',
	},
	{
		id: 'proof',
		title: 'It is healed',
		says: 'The same look once more: one incident fewer.',
		call: {tool: 'failure_detect', input: {namespace}},
		ends: 'done',
	},
	{
		id: 'undo',
		title: 'The way back',
		says: 'Had it made things worse: the change is taken back, from the journal.',
		call: {tool: 'undo', input: {}},
		undoes: 'mend',
		ends: 'done',
	},
];
