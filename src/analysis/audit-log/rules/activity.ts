import type {AuditEvent} from '../audit-event.ts';
import {type Rule, rule} from '../rule.ts';

type Told = {
	readonly word: string;
	readonly resources: readonly string[];
	/** Whether it is worth telling of this request. */
	readonly tells?: (event: AuditEvent) => boolean;
};

const byPeople = ({user}: AuditEvent) => !user.name.startsWith('system:');
const outsideKubeSystem = (event: AuditEvent) => byPeople(event) && event.target?.namespace !== 'kube-system';

const watched: readonly Told[] = [
	{word: 'deployment', resources: ['deployments']},
	{word: 'service', resources: ['services']},
	{word: 'config-map', resources: ['configmaps']},
	{word: 'namespace', resources: ['namespaces']},
	{word: 'service-account', resources: ['serviceaccounts']},
	{word: 'role', resources: ['roles', 'clusterroles']},
	{word: 'cluster-role-binding', resources: ['clusterrolebindings']},
	{word: 'role-binding', resources: ['rolebindings']},
	{word: 'secret', resources: ['secrets'], tells: outsideKubeSystem},
];

const activity = ({word, resources, tells = () => true}: Told, verb: 'create' | 'delete', done: string): Rule =>
	rule({
		id: `${word}-${done}`,
		title: `${done === 'made' ? 'Made' : 'Deleted'} a ${word.replaceAll('-', ' ')}`,
		why: 'Nothing by itself: it tells what somebody did before and after something else.',
		severity: 'low',
		attack: [],
		falsePositives: 'All of it is ordinary work.',
		remedy: 'None by itself.',
		resources,
		verbs: [verb],
		needs: 'Metadata',
		outcome: 'done',
		look: event =>
			tells(event) && (word !== 'namespace' || verb === 'create' || byPeople(event)) ? {detail: event.target?.name ?? ''} : undefined,
	});

/** Ordinary work, for whoever wants to read the story: what was made and deleted. Left out where nobody asks for it. */
export const activityRules: readonly Rule[] = watched.flatMap(each => [
	activity(each, 'create', 'made'),
	activity(each, 'delete', 'deleted'),
]);
