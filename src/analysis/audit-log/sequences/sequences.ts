import {textAt} from '../../../core/kube/json-at.ts';
import {type ActorKind, boundPod, credentialOf, serviceAccountOf, sourceOf} from '../actor.ts';
import {type AuditEvent, outcomeOf, targetText} from '../audit-event.ts';
import type {Sequence, Sighting} from '../rule.ts';
import {boundedMap, recentThings} from './recent.ts';

const minutes = 60_000;

const isOwn = (actor: ActorKind) => actor === 'control-plane' || actor === 'node';

/** So many things of one actor within five minutes are no work by hand, and no program that does one thing. */
const manySecrets = 10;
const manyNamespaces = 4;
const manyRefusals = 10;
const manyStrangers = 30;
const manyDeletes = 10;

/** Clients that follow a kind begin with what the cache of the server has, and watch from there on. */
const isInformer = ({verb, uri}: AuditEvent) =>
	verb === 'watch' || /[?&]resourceVersion=0\b/.test(uri) || /[?&]sendInitialEvents=true\b/.test(uri);

/** Helm keeps its releases in secrets, and lists those alone. */
const isSelected = ({uri}: AuditEvent) => /[?&](?:labelSelector=owner(?:%3D|=)helm|fieldSelector=metadata\.name)/i.test(uri);

const secretSweep: Sequence = {
	id: 'secret-sweep',
	title: 'Read many secrets in a short time',
	why: 'Who looks for a key that opens more reads all that he can.',
	severity: 'high',
	attack: [{tactic: 'credential-access', technique: 'T1552.007'}],
	falsePositives: 'Backups, and people who list secrets of all namespaces.',
	remedy: 'Rotate what was read; take list of secrets away from whoever does not need it.',
	needs: 'Metadata',
	resources: ['secrets'],
	begin() {
		const read = recentThings({windowMs: 5 * minutes, most: 500});
		const places = recentThings({windowMs: 5 * minutes, most: 500});
		return (event, actor): Sighting | undefined => {
			if (isOwn(actor) || !['get', 'list', 'watch'].includes(event.verb) || outcomeOf(event) !== 'done') return undefined;
			const {namespace, name} = event.target ?? {};
			const who = event.user.name;
			if (event.verb !== 'get') {
				if (isSelected(event)) return undefined;
				if (namespace === undefined)
					return isInformer(event) && actor === 'service-account' ? undefined : {detail: `${event.verb} of the secrets of all namespaces`};
				if (places.note(who, namespace, event.atMs) < manyNamespaces) return undefined;
				const listed = places.of(who);
				places.forget(who);
				return {detail: `lists of secrets in ${listed.length} namespaces: ${listed.slice(0, 5).join(', ')}`};
			}
			if (read.note(who, `${namespace}/${name}`, event.atMs) < manySecrets) return undefined;
			const names = read.of(who);
			read.forget(who);
			const spread = new Set(names.map(each => each.split('/')[0])).size;
			return {
				detail: `${names.length} secrets in ${spread} ${spread === 1 ? 'namespace' : 'namespaces'} within 5m, such as ${names.slice(0, 3).join(', ')}`,
			};
		};
	},
};

const secretsListed: Sequence = {
	id: 'secrets-listed',
	title: 'Began to follow the secrets of all namespaces',
	why: 'Whoever follows them holds every one of them.',
	severity: 'low',
	attack: [{tactic: 'credential-access', technique: 'T1552.007'}],
	falsePositives: 'Operators of certificates, secrets and ingresses.',
	remedy: 'Give it a Role in the namespaces that it needs.',
	needs: 'Metadata',
	resources: ['secrets'],
	begin() {
		const told = boundedMap<true>(5000);
		return (event, actor) => {
			if (actor !== 'service-account' || event.target?.namespace !== undefined || !isInformer(event) || isSelected(event)) return undefined;
			if (outcomeOf(event) !== 'done' || told.get(event.user.name) !== undefined) return undefined;
			told.put(event.user.name, true);
			return {detail: `${event.verb} of the secrets of all namespaces`};
		};
	},
};

const probing: Sequence = {
	id: 'permission-probing',
	title: 'Was refused many different things',
	why: 'Who tries what a stolen name may do is refused most of it.',
	severity: 'medium',
	attack: [{tactic: 'discovery', technique: 'T1069.003'}],
	falsePositives:
		'Dashboards, and kubectl get all of somebody with few rights; a program that asks for the same again and again is not told.',
	remedy: 'Find out who it is and from where; end the token or the certificate if nobody knows.',
	needs: 'Metadata',
	begin() {
		const refused = recentThings({windowMs: 5 * minutes, most: 200});
		return (event, actor) => {
			if (isOwn(actor) || event.code !== 403) return undefined;
			const who = `${event.user.name} ${actor === 'anonymous' ? sourceOf(event) : ''}`;
			const thing = `${event.verb} ${event.target?.resource ?? event.uri.split('?')[0]} ${event.target?.namespace ?? ''}`;
			if (refused.note(who, thing, event.atMs) < manyRefusals) return undefined;
			const things = refused.of(who);
			refused.forget(who);
			return {
				detail: `${things.length} different requests refused within 5m, such as ${things
					.slice(0, 4)
					.map(each => each.trim())
					.join(', ')}`,
				...(actor === 'service-account' ? {severity: 'high' as const} : {}),
			};
		};
	},
};

const strangers: Sequence = {
	id: 'sign-in-guessing',
	title: 'Sent many tokens or certificates that nobody accepts',
	why: 'Tokens are guessed, or old ones are tried.',
	severity: 'medium',
	attack: [{tactic: 'credential-access', technique: 'T1110'}],
	falsePositives: 'A program whose token ended.',
	remedy: 'Block the address; keep the API server off the internet.',
	needs: 'Metadata',
	begin() {
		const refused = recentThings({windowMs: 5 * minutes, most: 200});
		return event => {
			const source = sourceOf(event);
			if (event.code !== 401 || refused.note(source, event.id, event.atMs) < manyStrangers) return undefined;
			refused.forget(source);
			return {detail: `${manyStrangers} requests without an accepted name within 5m from ${source}`};
		};
	},
};

/** Requests that pods make pass one address: that of the pod, or of its node. */
const movedToken: Sequence = {
	id: 'token-elsewhere',
	title: 'Used the token of one pod from two addresses',
	why: 'A pod has one address: the token was taken out of it.',
	severity: 'critical',
	attack: [
		{tactic: 'credential-access', technique: 'T1528'},
		{tactic: 'lateral-movement', technique: 'T1550.001'},
	],
	falsePositives: 'Networks with addresses of both families, and proxies before the API server that change addresses.',
	remedy: 'Delete the pod: that ends its token. Then look at all that its service account did.',
	needs: 'Metadata',
	begin() {
		const homes = boundedMap<{readonly source: string; readonly agent: string}>(20_000);
		const told = boundedMap<true>(5000);
		return (event, actor) => {
			const pod = boundPod(event);
			const source = sourceOf(event);
			if (actor !== 'service-account' || pod === undefined || source === '') return undefined;
			const key = `${pod.uid} ${source.includes(':') ? 6 : 4}`;
			const home = homes.get(key);
			if (home === undefined) homes.put(key, {source, agent: event.userAgent});
			if (home === undefined || home.source === source || told.get(`${key} ${source}`) !== undefined) return undefined;
			told.put(`${key} ${source}`, true);
			return {
				detail: `token of pod ${pod.name}, until now from ${home.source}, with ${event.userAgent.split(' ')[0] || 'no name of a program'}`,
			};
		};
	},
};

const usedToken: Sequence = {
	id: 'made-token-used',
	title: 'Used a token of a service account that somebody made by hand',
	why: 'It speaks as the account, from wherever it was carried.',
	severity: 'high',
	attack: [{tactic: 'lateral-movement', technique: 'T1550.001'}],
	falsePositives: 'kubectl create token for a dashboard or a delivery tool.',
	remedy: 'Find out who made it; delete what it is bound to, or the service account.',
	needs: 'Metadata',
	begin() {
		const made = boundedMap<{readonly by: string; readonly from: string}>(5000);
		const told = boundedMap<true>(5000);
		return (event, actor) => {
			const issued = textAt(event.annotations, 'authentication.kubernetes.io/issued-credential-id');
			if (issued !== undefined && event.target?.resource === 'serviceaccounts/token' && !isOwn(actor)) {
				made.put(issued, {by: event.user.name, from: sourceOf(event)});
				return undefined;
			}
			const id = credentialOf(event);
			const origin = id === undefined ? undefined : made.get(id);
			if (id === undefined || origin === undefined || told.get(id) !== undefined) return undefined;
			told.put(id, true);
			return {detail: `made by ${origin.by} at ${origin.from}, first used for ${event.verb} ${targetText(event)}`};
		};
	},
};

/** Tokens that are bound to no pod tell nothing of where they belong: the places of the past do. */
const newPlace: Sequence = {
	id: 'account-from-new-address',
	title: 'A service account whose tokens belong to no pod came from a new address',
	why: 'A token that left the cluster is used from where its thief is.',
	severity: 'medium',
	attack: [{tactic: 'lateral-movement', technique: 'T1550.001'}],
	falsePositives: 'A delivery tool that moves.',
	remedy: 'Delete the token, and give a new one to the tool that needs it.',
	needs: 'Metadata',
	begin() {
		/** As long as an account was only seen for a short time, nothing is new. */
		const leastMs = 60 * minutes;
		const leastRequests = 20;
		const seen = boundedMap<{readonly sources: Set<string>; readonly sinceMs: number; count: number}>(5000);
		return (event, actor) => {
			const source = sourceOf(event);
			if (actor !== 'service-account' || boundPod(event) !== undefined || source === '' || serviceAccountOf(event.user.name) === undefined)
				return undefined;
			const known = seen.get(event.user.name) ?? {sources: new Set<string>(), sinceMs: event.atMs, count: 0};
			const isNew = !known.sources.has(source);
			const isOld = known.count >= leastRequests && event.atMs - known.sinceMs >= leastMs;
			known.count += 1;
			// Of an account that comes from anywhere, nothing is new.
			if (known.sources.size < 16) known.sources.add(source);
			seen.put(event.user.name, known);
			return isNew && isOld && known.sources.size < 16
				? {
						detail: `from ${source}; until now from ${[...known.sources]
							.filter(each => each !== source)
							.slice(0, 3)
							.join(', ')}`,
					}
				: undefined;
		};
	},
};

const massDeletion: Sequence = {
	id: 'mass-deletion',
	title: 'Deleted many things in a short time',
	why: 'Whoever wants to do damage, or to hide, deletes.',
	severity: 'high',
	attack: [{tactic: 'impact', technique: 'T1485'}],
	falsePositives: 'Tearing an environment down.',
	remedy: 'Restore from a backup or from Git; take delete away from that actor.',
	needs: 'Metadata',
	resources: [
		'namespaces',
		'deployments',
		'statefulsets',
		'daemonsets',
		'persistentvolumeclaims',
		'persistentvolumes',
		'secrets',
		'customresourcedefinitions',
	],
	begin() {
		const deleted = recentThings({windowMs: 5 * minutes, most: 200});
		return (event, actor) => {
			if (actor !== 'person' && actor !== 'anonymous') return undefined;
			if (!event.verb.startsWith('delete') || outcomeOf(event) !== 'done') return undefined;
			if (deleted.note(event.user.name, targetText(event), event.atMs) < manyDeletes) return undefined;
			const things = deleted.of(event.user.name);
			deleted.forget(event.user.name);
			return {detail: `${things.length} deletions within 5m, such as ${things.slice(0, 3).join(', ')}`};
		};
	},
};

/** All kinds of what is only seen in several requests. */
export const sequences: readonly Sequence[] = [
	...[secretSweep, secretsListed, probing, strangers, movedToken, usedToken, newPlace, massDeletion],
];
