import {isImage} from '../../words/values.ts';
import type {PodWish} from '../manifests/pod.ts';
import {commandIn, isInCommand} from './command.ts';
import {containerPorts} from './counts.ts';
import type {Mention} from './mentions.ts';
import {isNameWord} from './naming.ts';
import {sortedPairs} from './pairs.ts';
import {probesIn} from './probes.ts';
import {pullSecretIn} from './pull-secret.ts';
import {type References, referencesIn} from './references.ts';
import {resourcesIn} from './resources.ts';
import {plainAt, says, type Wish} from './wish.ts';

/** The image of a wish: a word with a tag or a registry, else the bare name beside the word "image". Index of the word. */
export function imageIn(wish: Wish): number | undefined {
	const written = wish.words.findIndex((word, at) => !word.raw.includes('=') && isImage(word) && !isInCommand(wish, at));
	if (written >= 0) return written;
	const beside = wish.words.findIndex((_, at) => /^(?:images?|이미지(?:는|로|를)?)$/.test(plainAt(wish, at)));
	const near = beside < 0 ? [] : [beside + 1, beside + 2, beside - 1];
	const named = near.find(at => isNameWord(wish, at) && (at < beside ? wish.words[at]?.stop === undefined : true));
	if (named !== undefined) return named;
	const using = wish.words.findIndex((_, at) => /^(?:using|running|runs)$/.test(plainAt(wish, at)) && isNameWord(wish, at + 1));
	return using < 0 ? undefined : using + 1;
}

/** `registry.example.com/a/eta:1.0` → `eta` */
export const baseName = (image: string) =>
	(image.split('/').at(-1) ?? image)
		.replace(/[:@].*$/, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9-]/g, '-');

function restartPolicyIn(wish: Wish): PodWish['restartPolicy'] {
	if (says(wish, /on ?failure|실패(?:하면|했을 때|할 때| 시)(?:에만|만)? ?재시작/i)) return 'OnFailure';
	return says(
		wish,
		/\bnever restart|\brestart(?: ?policy)?(?: is|:| to)? ?never|do(?:n't| not) restart|no restarts?|never (?:be )?restart|not (?:be )?restart|without restart|재시작(?:은|을|이)? ?(?:하지|안|말|없|금지|never|되지)|restartpolicy.{0,4}never/i,
	)
		? 'Never'
		: undefined;
}

/** What a wish says of the pods of what it makes, without the name of its container. */
export type SpokenPod = Omit<PodWish, 'container' | 'image'> & {
	readonly image: string | undefined;
	/** Where the wish gives its container a name of its own. */
	readonly called: string | undefined;
	readonly references: References;
};

/** `the container is called sync`, `container name sync`, `컨테이너 이름은 sync`. */
const containerName =
	/\bcontainer(?: is| should be| shall be)? (?:called|named|name(?: is| should be)?:?) ["'`]?([a-z0-9][a-z0-9-]*)|컨테이너(?:의)? ?(?:이름|명)(?:은|:)? ?["'`]?([a-z0-9][a-z0-9-]*)/i;

/**
 * @param isElsewhere words that belong to something else than the pods, such as the size of a volume
 */
export function podIn(wish: Wish, head: Mention, isElsewhere: (at: number) => boolean = () => false): SpokenPod {
	const pairs = sortedPairs(wish);
	const references = referencesIn(wish, head);
	const {isInside} = probesIn(wish, []);
	const ports = containerPorts(wish, at => isInside(at) || isElsewhere(at));
	const bare = Object.entries(pairs.data);
	const env = {...pairs.env, ...Object.fromEntries(bare.filter(([key]) => /^[A-Z]/.test(key)))};
	const image = imageIn(wish);
	return {
		image: image === undefined ? undefined : wish.words[image]?.raw,
		called: containerName.exec(wish.text)?.slice(1).find(Boolean),
		...commandIn(wish),
		ports: ports.map(number => ({number})),
		env: [...Object.entries(env).map(([name, value]) => ({name, value})), ...references.env],
		envFrom: references.envFrom,
		...resourcesIn(wish, at => isElsewhere(at) || isInside(at)),
		probes: probesIn(wish, ports).probes,
		mounts: references.mounts,
		labels: {...pairs.labels, ...Object.fromEntries(bare.filter(([key]) => !/^[A-Z]/.test(key)))},
		serviceAccount: references.serviceAccount,
		pullSecret: references.pullSecret ?? pullSecretIn(wish),
		nodeSelector: pairs.nodes,
		restartPolicy: restartPolicyIn(wish),
		references,
	};
}
