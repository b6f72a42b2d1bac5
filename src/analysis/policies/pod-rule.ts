import type {JsonObject} from '../../core/json.ts';

/** `baseline` and `restricted` are those of the Pod Security Standards, `practice` goes beyond them, `strict` is more than most programs can meet. */
export const ruleSets = ['baseline', 'restricted', 'practice', 'strict'] as const;
export type RuleSet = (typeof ruleSets)[number];

/** A pod as an example: its spec, and its annotations where they matter. */
export type PodExample = {readonly spec: JsonObject; readonly annotations?: JsonObject};

/** What is demanded of pods, in the language of policies of admission. */
export type PodRule = {
	/** Kebab-case: policies are named by it. */
	readonly id: string;
	readonly set: RuleSet;
	/** What is demanded, as a sentence without a full stop. */
	readonly title: string;
	/** What it keeps an attacker, or a bad day, from. */
	readonly why: string;
	/**
	 * Who breaks it, as an expression in CEL that yields a list of texts: names of containers or volumes, or `the pod`. It may use the
	 * variables of `sharedVariables`.
	 */
	readonly offenders: string;
	readonly pass: readonly PodExample[];
	readonly fail: readonly PodExample[];
};

/** The pod spec inside of an object of any kind that runs pods. Its type is left open: the kinds differ. */
export const specIn = (object: string) => {
	const open = `dyn(${object})`;
	return `${open}.kind == 'Pod' ? ${open}.spec : ${open}.kind == 'CronJob' ? ${open}.spec.jobTemplate.spec.template.spec : ${open}.spec.template.spec`;
};

const annotationsIn = (object: string) => {
	const open = `dyn(${object})`;
	const of = (path: string) => `${open}${path}.?metadata.?annotations.orValue({})`;
	return `${open}.kind == 'Pod' ? ${of('')} : ${open}.kind == 'CronJob' ? ${of('.spec.jobTemplate.spec.template')} : ${of('.spec.template')}`;
};

/** What expressions of rules may use as `variables.NAME`, in an order in which each needs only earlier ones. */
export const sharedVariables: readonly {readonly name: string; readonly expression: string}[] = [
	{name: 'spec', expression: specIn('object')},
	{name: 'annotations', expression: annotationsIn('object')},
	{
		name: 'containers',
		expression: 'variables.spec.containers + variables.spec.?initContainers.orValue([]) + variables.spec.?ephemeralContainers.orValue([])',
	},
	{name: 'volumes', expression: 'variables.spec.?volumes.orValue([])'},
	{name: 'windows', expression: "variables.spec.?os.?name.orValue('linux') == 'windows'"},
	// Root of a user namespace is nobody on the node.
	{name: 'ownUsers', expression: '!variables.spec.?hostUsers.orValue(true)'},
];

/** The shared variables that an expression uses, and those that they use in turn. */
export function variablesOf(expression: string): typeof sharedVariables {
	const used = new Set<string>();
	const follow = (text: string): void => {
		for (const [, name = ''] of text.matchAll(/\bvariables\.(\w+)/g)) {
			if (used.has(name)) continue;
			used.add(name);
			follow(sharedVariables.find(each => each.name === name)?.expression ?? '');
		}
	};
	follow(expression);
	return sharedVariables.filter(({name}) => used.has(name));
}

/** Names of the containers, init and ephemeral ones too, for which a condition on `c` holds. */
export const containersWhere = (condition: string) => `variables.containers.filter(c, ${condition}).map(c, c.name)`;

/** Names of the volumes for which a condition on `v` holds. */
export const volumesWhere = (condition: string) => `variables.volumes.filter(v, ${condition}).map(v, v.name)`;

/** The pod, if a condition holds for its own fields, and containers for which another one does. */
export const podOrContainersWhere = (pod: string, container: string) => `((${pod}) ? ['the pod'] : []) + ${containersWhere(container)}`;

/** A list of texts in CEL. */
export const celList = (texts: readonly string[]) => `[${texts.map(text => `'${text.replaceAll("'", "\\'")}'`).join(', ')}]`;
