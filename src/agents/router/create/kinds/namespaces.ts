import {lacking, type Made, objects} from '../made.ts';
import {namespaceOf} from '../manifests/limits.ts';
import type {Labels} from '../manifests/object.ts';
import {joinedNames} from '../reading/joined-names.ts';
import {labelsLike, speaksOfLabelsLike} from '../reading/labels-like.ts';
import {type Mention, mentionsIn} from '../reading/mentions.ts';
import {metadataIn} from '../reading/metadata-words.ts';
import {newNames} from '../reading/new-name.ts';
import {ordinalLabels} from '../reading/ordinal-labels.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {podSecurityIn} from '../reading/pod-security.ts';
import {spokenLabels} from '../reading/spoken-labels.ts';
import {says, type Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, type Scene} from '../scene.ts';

const several =
	/\bnamespaces\b|\b(?:two|three|four|five|both|each|\d+) (?:\w+ )?(?:ns|namespaces)\b|(?:두|세|네|다섯|둘|셋|2|3|4|5) ?개|둘 ?다|각각|(?:네임 ?스페이스|ns)들/i;

/** The names of the namespaces that a wish makes: one, or those of a list. */
function namesIn({wish, live, namespaces}: Scene, head: Mention): readonly string[] {
	const mentions = [head, ...mentionsIn(wish).filter(({kind, first}) => kind === 'Namespace' && first !== head.first)];
	const [first] = newNames(wish, {mentions, live: new Set([...live, ...namespaces]), isOther: () => false});
	if (first === undefined) return [];
	// In Korean a word in Latin letters is hardly ever an ordinary one.
	const isList = wish.language === 'ko' || says(wish, several);
	const isName = (at: number) => isList || /[-\d]/.test(wish.words[at]?.raw ?? '');
	return [...new Set(joinedNames(wish, first, isName).flatMap(at => wish.words[at]?.raw ?? []))];
}

/** `with team as web`: a label that is told in no way that is known. */
const unreadLabel = ({text}: Wish) => /[,;]\s*(?:the\s+|with\s+)?([a-z][\w-]*)\s+(?:is|are|should be|equals)\s+[\w-]+/i.exec(text)?.[1];

function pairedLabels(wish: Wish): Labels {
	const {data, env} = sortedPairs(wish);
	return {...data, ...env, ...metadataIn(wish).labels};
}

function labelsOf(wish: Wish, names: readonly string[], security: Labels): Labels {
	const isMode = ([key]: readonly [string, string]) =>
		Object.keys(security).length > 0 && /^(?:enforce|audit|warn)(?:-version)?$/.test(key);
	return {...Object.fromEntries(Object.entries(pairedLabels(wish)).filter(each => !isMode(each))), ...spokenLabels(wish, names)};
}

/** Beside what is said of each: `a (env=dev) and b (env=prod), team=web on each`. */
const sharedLabels = (wish: Wish, labels: Labels, apart: readonly Labels[]): Labels =>
	says(wish, /\b(?:each|both|all)\b|둘 ?다|모두|각각|공통/i)
		? Object.fromEntries(
				Object.entries(labels).filter(
					([key, value]) =>
						!apart.some(own => key in own) || new RegExp(`${key}=${value}(?: labels?)? (?:on|for|to) (?:each|both|all)`).test(wish.text),
				),
			)
		: {};

export async function makeNamespaces(scene: Scene, head: Mention): Promise<Made> {
	const {wish} = scene;
	const names = namesIn(scene, head);
	if (names.length === 0) return lacking(wish, 'What should the namespace be called?', '네임스페이스 이름을 무엇으로 할까요?');
	const security = podSecurityIn(wish, names);
	const labels = labelsOf(wish, names, security);
	const {annotations} = metadataIn(wish);
	const like = labelsLike(wish, await objectsOf(scene, 'Namespace'));
	const told = unreadLabel(wish);
	const isWritten = Object.keys({...pairedLabels(wish), ...annotations, ...security}).length > 0;
	if ((told !== undefined && !isWritten) || (like === undefined && speaksOfLabelsLike(wish)))
		return lacking(
			wish,
			`Is "${told ?? 'the same'}" a label of namespace ${names.join(', ')}? Say labels as key=value.`,
			`"${told ?? '같은 라벨'}"은(는) ${names.join(', ')} 네임스페이스의 라벨인가요? 라벨은 key=value로 말씀해 주세요.`,
		);
	const apart = ordinalLabels(wish, names);
	const shared = sharedLabels(wish, labels, apart ?? []);
	for (const name of names) {
		const there = await alreadyThere(scene, 'Namespace', name, undefined);
		if (there !== undefined) return there;
	}
	return objects(
		...names.map((name, at) => namespaceOf(name, {...like, ...(apart === undefined ? labels : {...shared, ...apart[at]}), ...security})),
	);
}
