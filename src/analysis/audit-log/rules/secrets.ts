import {canonicalJson, isJsonObject} from '../../../core/json.ts';
import {objectAt} from '../../../core/kube/json-at.ts';
import {outcomeOf} from '../audit-event.ts';
import {putVerbs, type Rule, rule} from '../rule.ts';
import {patchedValues, writtenObject} from '../written-object.ts';

const reading = [{tactic: 'credential-access', technique: 'T1552.007'}] as const;

/** Secrets that are read, and those that lie where they do not belong. */
export const secretRules: readonly Rule[] = [
	rule({
		id: 'secret-read',
		title: 'Read a secret by its name',
		why: 'Each is a key to something.',
		severity: 'low',
		attack: reading,
		falsePositives: 'Everything that works with secrets. What is unusual in it is told by secret-sweep.',
		remedy: 'None by itself.',
		resources: ['secrets'],
		verbs: ['get'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({target}, {actor, settings}) =>
			actor === 'service-account' && !settings.tellsOrdinary ? undefined : {detail: target?.name ?? ''},
	}),
	rule({
		id: 'secret-refused',
		title: 'Asked for a secret in vain',
		why: 'Whoever guesses names of secrets has no right to them.',
		severity: 'low',
		attack: reading,
		falsePositives: 'A program that was not given its rights yet, or looks whether its secret is there.',
		remedy: 'None by itself.',
		resources: ['secrets'],
		verbs: ['get'],
		needs: 'Metadata',
		look: (event, {actor, settings}) =>
			outcomeOf(event) === 'done' || (outcomeOf(event) === 'failed' && actor !== 'person' && !settings.tellsOrdinary)
				? undefined
				: {detail: `answer ${event.code ?? '?'}`},
	}),
	rule({
		id: 'credentials-in-config-map',
		title: 'Wrote what looks like a password or key to a ConfigMap',
		why: 'ConfigMaps are read by many, and are not encrypted.',
		severity: 'medium',
		attack: [{tactic: 'credential-access', technique: 'T1552'}],
		falsePositives: 'Settings whose name only speaks of a password, such as its least length.',
		remedy: 'Put it into a Secret, and rotate it.',
		resources: ['configmaps'],
		verbs: putVerbs,
		needs: 'Request',
		look(event, {settings}) {
			const written = writtenObject(event);
			const texts = [
				objectAt(written, 'data'),
				objectAt(written, 'binaryData'),
				...patchedValues(event, '/data').map(({path, value}) => ({[path]: value})),
			]
				.filter(isJsonObject)
				.map(canonicalJson)
				.join('\n');
			const found = settings.credentialWords.filter(word => texts.includes(word));
			return found.length === 0 ? undefined : {detail: `the words ${found.join(', ')}`};
		},
	}),
];
