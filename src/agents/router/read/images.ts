import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {kindsMeant} from '../names/kinds-in.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isInScope, type Scope} from '../names/scope-in.ts';
import {whichOne} from '../names/which-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import type {World} from '../world.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {podRunners} from './selection.ts';

const aboutImages = 'image tag version build registry docker_hub dockerhub 이미지 태그 버전 레지스트리 도커허브 도커_허브';
const running = 'run use deploy deployed 쓰 돌리 사용 실행 돌아가';

/** `What image is catalog running?`, `images in delivery`, `which workloads run redis`, `compare web in a with web in b`. */
export const images: Intent = {
	name: 'images',
	async understand(clause, world) {
		const isAboutImages = spoken(clause, aboutImages) || whatRuns.test(clause.text);
		if (!asksToRead(clause) || !(isAboutImages || isThere(clause)) || spoken(clause, 'history revision 이력 리비전 log 로그'))
			return undefined;
		const {scope, mentions} = await mentionsIn(clause, world, podRunners);
		if (mentions.length === 0 && (await namesUsed(clause, world))) return undefined;
		const runners = (await Promise.all(podRunners.map(kind => world.objects(kind)))).flat().filter(isOwn);
		const inside = runners.filter(({metadata}) => isInScope(scope, metadata.namespace));
		const byImage = await imageWords(clause, inside, new Set(mentions.flatMap(({first, last}) => [first, last])), world);
		if (byImage.length > 0 && !(isAboutImages && mentions.length > 0)) return ofImage(clause, byImage, inside);
		if (!isAboutImages) return undefined;
		const chosen = chosenImages(clause, inside);
		if (chosen !== undefined) return some(clause, chosen);
		if (mentions.length > 0)
			return ofNamed(
				clause,
				mentions.flatMap(({objects}) => objects),
				scope,
			);
		return scope.namespaces === undefined && !spoken(clause, 'all every any list show 모든 모두 전체 전부 목록')
			? undefined
			: all(clause, inside);
	},
};

/** `what is web running right now?` */
const whatRuns =
	/\bwhat (?:is|are|was|does|do|did) (?:it|they|[\w-]+) (?:currently |actually |really |now )*run(?:ning)?\b(?! (?:on|as|in|with|under)\b)/i;

/** `which workloads run redis`, `is there any postgres around`. */
const isThere = (clause: Clause) =>
	spoken(clause, running) ||
	/\bon\s+[a-z][\w./-]*\s+v?\d|\b(?:any|some) (?!pods?\b|services?\b|deployments?\b)[a-z][\w./-]* (?:around|anywhere|here|running|somewhere)\b|\b(?:is|are) there (?:any |an? )?[a-z][\w./-]*|\bdo we have\b|있(?:어|나|는|습)/i.test(
		clause.text,
	);

/** A Job that a CronJob made runs what that runs. */
const isOwn = ({metadata}: KubeObject) => (metadata.ownerReferences ?? []).length === 0;

const imageLines = (object: KubeObject) => {
	const containers = containersOf(podSpecOf(object));
	return containers.map(each => `${containers.length > 1 ? `${textAt(each, 'name')} ` : ''}${textAt(each, 'image') ?? ''}`);
};

const line = (object: KubeObject) =>
	bullet(`${object.metadata.namespace}/${object.metadata.name}`, `${object.kind}, ${imageLines(object).join('; ')}`);

/** The name of an image without registry, path and tag: `redis` of `docker.io/library/redis:7`. */
const baseName = (image: string) => (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '');

/** An image without its tag. */
const repository = (image: string) => image.replace(/(?::[^/:]+)?(?:@.*)?$/, '');

/** Words that are names of images which some objects run, and of nothing else that is there. */
async function imageWords(
	{words}: Clause,
	objects: readonly KubeObject[],
	taken: ReadonlySet<number>,
	world: World,
): Promise<readonly string[]> {
	const full = new Set(objects.flatMap(imagesOf));
	const names = new Set([...full].map(baseName));
	const repositories = new Set([...full].map(repository));
	const others = new Set((await Promise.all(pointing.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
	const isPart = (raw: string) => raw.includes('/') && [...full].some(image => isOf(image, raw));
	const found = words.filter(
		({text, raw}, at) => full.has(raw) || repositories.has(raw) || isPart(raw) || (!taken.has(at) && names.has(text) && !others.has(text)),
	);
	return found.map(({raw}) => raw);
}

/** `workloads that pull their images with regcred`: what uses a thing is told by its users. */
async function namesUsed(clause: Clause, world: World): Promise<boolean> {
	const {mentions} = await mentionsIn(clause, world, ['Secret', 'ServiceAccount', 'ConfigMap']);
	return mentions.some(({first, name}) => clause.words[first]?.text === name);
}

/** Kinds that often have the name of the image behind them. */
const pointing = ['Service', 'Ingress', 'ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount', 'PriorityClass'] as const;

const imagesOf = (object: KubeObject) => containersOf(podSpecOf(object)).flatMap(each => textAt(each, 'image') ?? []);

/** `data/etl`, `data/etl:3.0`: without its registry. */
const isOf = (image: string, word: string) =>
	[image, repository(image)].some(each => each === word || each.endsWith(`/${word}`)) || baseName(image) === word.toLowerCase();

function ofImage(clause: Clause, words: readonly string[], objects: readonly KubeObject[]): Understanding {
	const found = objects.filter(object => imagesOf(object).some(image => words.some(word => isOf(image, word))));
	const {language} = clause;
	const word = words.join(', ');
	return answer(
		inLanguage(language, `Workloads that run ${word}`, `${word}를 쓰는 워크로드`),
		inLanguage(language, `${found.length} run ${word}:`, `${word}를 쓰는 것은 ${found.length}개입니다:`),
		found.map(line),
		language,
	);
}

const candidate = /[-.](?:rc|alpha|beta|pre|preview|dev|snapshot|nightly|canary)[.\d]*$/i;

/** `still on a release candidate`, `without a tag`, `not from registry.example.com`, `from the grafana organisation`. */
function chosenImages(clause: Clause, objects: readonly KubeObject[]): readonly KubeObject[] | undefined {
	const kinds = kindsMeant(clause, podRunners);
	const among = objects.filter(({kind}) => kinds.includes(kind));
	const fits = imageTest(clause, objects);
	return fits === undefined ? undefined : among.filter(object => imagesOf(object).some(fits));
}

function imageTest(clause: Clause, objects: readonly KubeObject[]): ((image: string) => boolean) | undefined {
	if (/\b(?:release candidates?|pre-?releases?|rcs?|betas?|alphas?|snapshots?)\b|릴리스 ?후보|프리릴리스|베타/i.test(clause.text))
		return image => candidate.test(image);
	if (/\blatest\b|\b(?:un)?tagged\b|\b(?:without|no|lack\w*|missing) (?:an? )?(?:explicit )?tags?\b|태그 ?(?:가 )?없/i.test(clause.text)) {
		const isNot = /\b(?:not|isn't|aren't|no)\b[^,]*\blatest\b|latest\S* ?(?:아닌|안)/i.test(clause.text);
		return image => /:latest$|^[^:]+$|\/[^:]+$/.test(image) !== isNot;
	}
	const hosts = new Set(objects.flatMap(imagesOf).flatMap(image => image.split('/').slice(0, -1)));
	const part = clause.words.map(({text}) => text.replace(/\/$/, '')).find(text => hosts.has(text));
	if (/\bdocker ?hub\b|도커 ?허브/i.test(clause.text)) return image => !/^[^/]+\.[^/]+\//.test(image);
	if (
		part === undefined ||
		!spoken(clause, 'from out_of registry organisation organization org repository repo pull come 레지스트리 저장소 에서 오는 받')
	)
		return undefined;
	const isNot =
		/\b(?:not|n't|outside|other than|except)\b|\bn't\b|doesn't|don't|아닌|말고|제외|외(?:의|에)|안\s?(?:받|가져|쓰|오|온)/i.test(
			clause.text,
		);
	return image => image.split('/').slice(0, -1).includes(part) !== isNot;
}

/** One name may be asked about in several namespaces at once (`in a with the one in b`); without any, a name of several is a question. */
function ofNamed(clause: Clause, objects: readonly KubeObject[], scope: Scope): Understanding {
	const {language} = clause;
	const unique = [...new Set(objects)];
	const [first] = unique;
	const same = unique.filter(({metadata}) => metadata.name === first?.metadata.name);
	const isCompared = spoken(
		clause,
		'compare difference different differ same newer older ahead behind versus vs 비교 차이 다르 각각 each both 둘 모두',
	);
	if (first !== undefined && same.length > 1 && same.length === unique.length && scope.namespaces === undefined && !isCompared)
		return whichOne(clause, unique, first.metadata.name);
	const texts = new Set(unique.map(object => imageLines(object).join()));
	const compared =
		unique.length < 2
			? ''
			: texts.size === 1
				? inLanguage(language, 'They run the same.', '같은 이미지입니다.')
				: inLanguage(language, 'They differ:', '서로 다릅니다:');
	return answer(
		inLanguage(
			language,
			`Images of ${unique.map(({metadata}) => metadata.name).join(', ')}`,
			`${unique.map(({metadata}) => metadata.name).join(', ')}의 이미지`,
		),
		compared === '' ? inLanguage(language, 'It runs:', '지금 쓰는 이미지:') : compared,
		unique.map(line),
		language,
	);
}

const some = ({language}: Clause, objects: readonly KubeObject[]): Understanding =>
	answer(
		inLanguage(language, 'Images in use that fit', '조건에 맞는 이미지'),
		inLanguage(language, `${objects.length} workloads:`, `워크로드 ${objects.length}개:`),
		objects.map(line),
		language,
	);

function all(clause: Clause, objects: readonly KubeObject[]): Understanding {
	const {language} = clause;
	const count = new Set(objects.flatMap(object => listAt(podSpecOf(object), 'containers').map(each => textAt(each, 'image')))).size;
	return answer(
		inLanguage(language, 'Images in use', '쓰고 있는 이미지'),
		inLanguage(language, `${count} images in ${objects.length} workloads:`, `워크로드 ${objects.length}개에서 이미지 ${count}개를 씁니다:`),
		objects.map(line),
		language,
	);
}
