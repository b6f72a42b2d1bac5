import type {Json} from '../json.ts';
import {listAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {containersOf, podSpecOf} from '../kube/pod-spec.ts';
import type {Consequence} from '../plan.ts';
import {count, someOf} from '../text/count.ts';
import {type ChangeQuestion, livePods, type Rule, say, touches, workloadName} from './question.ts';

/** How a pod takes a ConfigMap or a Secret: as files that follow it, as one file that does not (`subPath`), or as environment. */
type Use = 'files' | 'subPath' | 'environment';

/** Names of the fields that refer to each kind. */
const words = {
	ConfigMap: {volume: 'configMap', name: 'name', key: 'configMapKeyRef', from: 'configMapRef'},
	Secret: {volume: 'secret', name: 'secretName', key: 'secretKeyRef', from: 'secretRef'},
} as const;

type Kind = keyof typeof words;
const isConfig = (kind: string): kind is Kind => kind === 'ConfigMap' || kind === 'Secret';

function volumesWith(podSpec: Json, kind: Kind, name: string): ReadonlySet<string> {
	const word = words[kind];
	return new Set(
		listAt(podSpec, 'volumes').flatMap(volume => {
			const isPlain = textAt(volume, word.volume, word.name) === name;
			const isProjected = listAt(volume, 'projected', 'sources').some(source => textAt(source, word.volume, 'name') === name);
			return isPlain || isProjected ? [textAt(volume, 'name') ?? ''] : [];
		}),
	);
}

function usesOf(pod: KubeObject, kind: Kind, name: string): ReadonlySet<Use> {
	const podSpec = podSpecOf(pod);
	const volumes = volumesWith(podSpec, kind, name);
	const {key, from} = words[kind];
	const uses = containersOf(podSpec).flatMap((container): readonly Use[] => [
		...(listAt(container, 'env').some(variable => textAt(variable, 'valueFrom', key, 'name') === name) ? ['environment' as const] : []),
		...(listAt(container, 'envFrom').some(source => textAt(source, from, 'name') === name) ? ['environment' as const] : []),
		...listAt(container, 'volumeMounts').flatMap((mount): readonly Use[] => {
			if (!volumes.has(textAt(mount, 'name') ?? '')) return [];
			return [valueAt(mount, 'subPath') === undefined && valueAt(mount, 'subPathExpr') === undefined ? 'files' : 'subPath'];
		}),
	]);
	return new Set(uses);
}

const users = (pods: readonly KubeObject[], {surroundings}: ChangeQuestion) =>
	`${count(pods.length, 'pod')} of ${someOf([...new Set(pods.map(pod => workloadName(pod, surroundings)))])}`;

/** `1 pod reads`, `2 pods read`. */
const verb = (pods: readonly KubeObject[], one: string) => (pods.length === 1 ? one : one.replace(/s$/, ''));

function ofChange(
	pods: readonly KubeObject[],
	uses: ReadonlyMap<KubeObject, ReadonlySet<Use>>,
	question: ChangeQuestion,
): readonly Consequence[] {
	const {ref} = question;
	const needing = pods.filter(pod => uses.get(pod)?.has('environment') || uses.get(pod)?.has('subPath'));
	const following = pods.filter(pod => uses.get(pod)?.has('files'));
	return [
		...(following.length === 0
			? []
			: [
					say(
						'config-follows',
						'info',
						`${users(following, question)} ${verb(following, 'mounts')} it and ${verb(following, 'sees')} the new content within about a minute`,
						ref,
					),
				]),
		...(needing.length === 0
			? []
			: [
					say(
						'config-needs-restart',
						'warning',
						`${users(needing, question)} ${verb(needing, 'reads')} it at the start and ${verb(needing, 'sees')} nothing of this before a restart`,
						ref,
					),
				]),
		...(pods.length === 0 ? [say('config-unused', 'info', 'No running pod uses it', ref)] : []),
	];
}

/** Who sees a new content of a ConfigMap or a Secret and when; who cannot start without it. */
export const configUseRule: Rule = question => {
	const {ref, before, fields, operation, surroundings} = question;
	const pods = livePods(surroundings, ref.namespace);
	const {kind} = ref;
	if (!isConfig(kind) || before === null || pods === undefined) return [];
	const uses = new Map(pods.map(pod => [pod, usesOf(pod, kind, ref.name)]));
	const using = pods.filter(pod => (uses.get(pod)?.size ?? 0) > 0);
	if (operation === 'delete') {
		if (using.length === 0) return [say('config-unused', 'info', 'No running pod uses it', ref)];
		return [say('config-missing', 'danger', `${users(using, question)} ${verb(using, 'uses')} it: new pods do not start without it`, ref)];
	}
	return touches(fields, 'data') || touches(fields, 'binaryData') ? ofChange(using, uses, question) : [];
};
