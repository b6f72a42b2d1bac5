import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {mentionsIn} from '../names/mentions-in.ts';
import {isInScope, type Scope} from '../names/scope-in.ts';
import {whichOne} from '../names/which-one.ts';
import type {Intent, Understanding} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';
import {asksToRead} from './asks-to-read.ts';
import {answer, bullet, inLanguage} from './say.ts';
import {podRunners} from './selection.ts';

const aboutImages = 'image tag version build 이미지 태그 버전';
const running = 'run use deploy deployed 쓰 돌리 사용 실행 돌아가';

/** `What image is catalog running?`, `images in delivery`, `which workloads run redis`, `compare web in a with web in b`. */
export const images: Intent = {
	name: 'images',
	async understand(clause, world) {
		const isAboutImages = spoken(clause, aboutImages);
		if (
			!asksToRead(clause) ||
			!(isAboutImages || spoken(clause, running) || /\bon\s+[a-z][\w./-]*\s+v?\d/i.test(clause.text)) ||
			spoken(clause, 'history revision 이력 리비전 log 로그')
		)
			return undefined;
		const {scope, mentions} = await mentionsIn(clause, world, podRunners);
		const runners = (await Promise.all(podRunners.map(kind => world.objects(kind)))).flat().filter(isOwn);
		const inside = runners.filter(({metadata}) => isInScope(scope, metadata.namespace));
		const byImage = imageWord(clause, inside, new Set(mentions.flatMap(({first, last}) => [first, last])));
		if (byImage !== undefined && !(isAboutImages && mentions.length > 0)) return ofImage(clause, byImage, inside);
		if (!isAboutImages) return undefined;
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

/** A word that is the name of an image which some object runs, and no object's own. */
function imageWord({words}: Clause, objects: readonly KubeObject[], taken: ReadonlySet<number>): string | undefined {
	const names = new Set(objects.flatMap(object => containersOf(podSpecOf(object)).map(each => baseName(textAt(each, 'image') ?? ''))));
	const full = new Set(objects.flatMap(object => containersOf(podSpecOf(object)).map(each => textAt(each, 'image') ?? '')));
	const repositories = new Set([...full].map(repository));
	return words.find(({text, raw}, at) => full.has(raw) || repositories.has(raw) || (!taken.has(at) && names.has(text)))?.raw;
}

function ofImage(clause: Clause, word: string, objects: readonly KubeObject[]): Understanding {
	const uses = (object: KubeObject) =>
		containersOf(podSpecOf(object)).some(each => {
			const image = textAt(each, 'image') ?? '';
			return image === word || repository(image) === word || baseName(image) === word.toLowerCase();
		});
	const found = objects.filter(uses);
	const {language} = clause;
	return answer(
		inLanguage(language, `Workloads that run ${word}`, `${word}를 쓰는 워크로드`),
		inLanguage(language, `${found.length} run ${word}:`, `${word}를 쓰는 것은 ${found.length}개입니다:`),
		found.map(line),
		language,
	);
}

/** One name may be asked about in several namespaces at once (`in a with the one in b`); without any, a name of several is a question. */
function ofNamed(clause: Clause, objects: readonly KubeObject[], scope: Scope): Understanding {
	const {language} = clause;
	const unique = [...new Set(objects)];
	const [first] = unique;
	const same = unique.filter(({metadata}) => metadata.name === first?.metadata.name);
	const isCompared = spoken(clause, 'compare difference differ versus vs 비교 차이 다르 각각 each both 둘 모두');
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
