import {lacking, type Made, objects} from '../made.ts';
import {namespaceOf} from '../manifests/limits.ts';
import type {Labels} from '../manifests/object.ts';
import {labelsLike, speaksOfLabelsLike} from '../reading/labels-like.ts';
import {type Mention, mentionsIn} from '../reading/mentions.ts';
import {metadataIn} from '../reading/metadata-words.ts';
import {newNames} from '../reading/new-name.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {podSecurityIn} from '../reading/pod-security.ts';
import {spokenLabels} from '../reading/spoken-labels.ts';
import type {Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, type Scene} from '../scene.ts';

/** The name of the namespace that a wish makes. */
function namespaceName({wish, live, namespaces}: Scene, head: Mention): string | undefined {
	const mentions = [head, ...mentionsIn(wish).filter(({kind, first}) => kind === 'Namespace' && first !== head.first)];
	const [first] = newNames(wish, {mentions, live: new Set([...live, ...namespaces]), isOther: () => false});
	return first === undefined ? undefined : wish.words[first]?.raw;
}

/** `with team as web`: a label that is told in no way that is known. */
const unreadLabel = ({text}: Wish) => /[,;]\s*(?:the\s+|with\s+)?([a-z][\w-]*)\s+(?:is|are|should be|equals)\s+[\w-]+/i.exec(text)?.[1];

function pairedLabels(wish: Wish): Labels {
	const {data, env} = sortedPairs(wish);
	return {...data, ...env, ...metadataIn(wish).labels};
}

function labelsOf(wish: Wish, name: string, security: Labels): Labels {
	const isMode = ([key]: readonly [string, string]) =>
		Object.keys(security).length > 0 && /^(?:enforce|audit|warn)(?:-version)?$/.test(key);
	return {...Object.fromEntries(Object.entries(pairedLabels(wish)).filter(each => !isMode(each))), ...spokenLabels(wish, [name])};
}

export async function makeNamespace(scene: Scene, head: Mention): Promise<Made> {
	const {wish} = scene;
	const name = namespaceName(scene, head);
	if (name === undefined) return lacking(wish, 'What should the namespace be called?', '네임스페이스 이름을 무엇으로 할까요?');
	const security = podSecurityIn(wish, [name]);
	const labels = labelsOf(wish, name, security);
	const {annotations} = metadataIn(wish);
	const like = labelsLike(wish, await objectsOf(scene, 'Namespace'));
	const told = unreadLabel(wish);
	const isWritten = Object.keys({...pairedLabels(wish), ...annotations, ...security}).length > 0;
	if ((told !== undefined && !isWritten) || (like === undefined && speaksOfLabelsLike(wish)))
		return lacking(
			wish,
			`Is "${told ?? 'the same'}" a label of namespace ${name}? Say labels as key=value.`,
			`"${told ?? '같은 라벨'}"은(는) ${name} 네임스페이스의 라벨인가요? 라벨은 key=value로 말씀해 주세요.`,
		);
	return (await alreadyThere(scene, 'Namespace', name, undefined)) ?? objects(namespaceOf(name, {...like, ...labels, ...security}));
}
