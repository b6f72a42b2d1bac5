import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {scopeIn} from '../../names/scope-in.ts';
import type {Intent} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {moodOf} from '../../words/mood/mood-of.ts';
import {spoken, spokenNearly} from '../../words/spoken.ts';
import {imagesIn, versionsIn} from '../../words/values.ts';
import type {World} from '../../world.ts';
import {type Asking, allOf, question} from '../asking.ts';
import {speaksOfCanary} from '../canary/canary-words.ts';
import {containersIn, shortImageName} from '../containers.ts';
import {containerSpoken, type Edit, editTargets, plannedEdit} from '../edit-targets.ts';
import {factorIn} from '../factor-words.ts';
import {speaksOfLabels} from '../labels/label-words.ts';
import {plainText} from '../plain-text.ts';
import {isQuestion, podKinds, targetsIn} from '../targets.ts';
import {isTerse} from '../terse.ts';
import {containerFor, imageOf, type Version, withImage} from './new-image.ts';
import {steppedTag, type VersionStep, versionStep} from './version-step.ts';
import {versionIn, wantsNewest} from './version-words.ts';

const updating =
	'promote update upgrade bump set change move switch roll rollout deploy use run ship release put bring pin downgrade replace swap take get should image tag version 이미지 태그 버전 업데이트 업그레이드 올리 바꾸 변경 교체 배포 적용 설정 돌리 맞추 내리 갱신';

function edited(asking: Asking, object: KubeObject, version: Version): Edit | ReturnType<typeof question> {
	const container = containerSpoken(asking, object, (of, words) => containerFor(of, version, words));
	if ('kind' in container) return container;
	return {after: withImage(object, container, version), told: `${container.name} ${imageOf(container, version)}`};
}

/** A canary that runs already, and nothing else, is named. */
async function namesCanary(asking: Asking): Promise<boolean> {
	const targets = await targetsIn(asking, podKinds);
	return !isQuestion(targets) && targets.length > 0 && targets.every(({metadata}) => metadata.name.endsWith('-canary'));
}

/** The next tag of a version that is told by a step (`one patch up`). */
function stepped(asking: Asking, object: KubeObject, step: VersionStep): Edit | ReturnType<typeof question> {
	const container = containerSpoken(asking, object);
	if ('kind' in container) return container;
	const tag = steppedTag(/:([^:/@]+)$/.exec(container.image)?.[1] ?? '', step);
	if (tag !== undefined) return {after: withImage(object, container, {tag}), told: `${container.name} ${imageOf(container, {tag})}`};
	return question(
		asking.clause,
		`From ${container.image} that step leads to no tag that can be told. Which tag should ${object.metadata.name} run?`,
		`${container.image}에서는 그 단계의 태그를 알 수 없습니다. ${object.metadata.name}을(를) 어느 태그로 할까요?`,
	);
}

/** `web to 1.2`, `web: v1.2`, `web-agent onto agent 1.2`: nothing but names and a version. */
async function isTerseOrder(asking: Asking, version: Version): Promise<boolean> {
	const targets = await targetsIn(asking, podKinds);
	if (isQuestion(targets) || targets.length === 0) return false;
	const images = targets.flatMap(containersIn).flatMap(({name, image}) => [name, shortImageName(image)]);
	const said = 'image' in version ? version.image : version.tag;
	const words = asking.clause.words.filter(({text, raw}) => raw !== said && raw !== `:${said}` && !images.includes(text));
	return isTerse({...asking, clause: {...asking.clause, words, text: words.map(({raw}) => raw).join(' ')}}, targets, updating);
}

/** `replicas to 2.5`: a number of pods that cannot be, and no version. */
const countsReplicas = (clause: Clause, version: Version) =>
	'tag' in version &&
	/^\d+(?:\.\d+)?$/.test(version.tag) &&
	spoken(clause, 'replica 레플리카 복제본') &&
	!spoken(clause, 'image tag version 이미지 태그 버전');

/** `send api.example.com/v2 to web`: where requests come in, and no image without a tag. */
const isAddress = (clause: Clause, version: Version) =>
	'image' in version &&
	!/[:@]/.test(version.image) &&
	!spoken(clause, 'image registry repository repo mirror pull 이미지 레지스트리 저장소');

/** `promote 5.4.0-rc1 from staging to shop`: where a version was is not where it goes. */
async function withoutOrigin(clause: Clause, world: World): Promise<Clause> {
	const names = await world.namespaces();
	const text = clause.text.replace(/\s*\bfrom (?:the )?([\w-]+)\b(?: namespace)?/gi, (all, name: string) =>
		names.includes(name.toLowerCase()) ? '' : all,
	);
	const rest = clauseOf(text);
	return text !== clause.text && (await scopeIn(rest, world)).namespaces !== undefined ? rest : clause;
}

/** `7.1 passed, so the service should be served by web-green`: which one runs it, and no image. */
const servedBy = /\bservices?\b.*\b(?:be|been|get) (?:now )?(?:served|answered|handled|backed) by\b/i;

/** Gives workloads another image, or another tag of the one that they have. */
export const imageIntent: Intent = {
	name: 'image',
	async understand(whole, world, talk) {
		const clause = await withoutOrigin(whole, world);
		const asking = {clause, world, talk};
		// `example.com/owner` may be an image, and is the key of an annotation.
		if (speaksOfLabels(clause) || servedBy.test(clause.text)) return undefined;
		// A version for a canary is none for the stable pods.
		if (speaksOfCanary(clause) && !(await namesCanary(asking))) return undefined;
		const version = versionIn(clause);
		const step = version === undefined ? versionStep(clause) : undefined;
		if (step !== undefined) return editTargets(asking, podKinds, object => stepped(asking, object, step));
		if (!spokenNearly(clause, updating) && !(version !== undefined && (await isTerseOrder(asking, version)))) return undefined;
		if (version !== undefined && (countsReplicas(clause, version) || isAddress(clause, version))) return undefined;
		if (version !== undefined && factorIn(plainText(clause)) === undefined)
			return editTargets(asking, podKinds, object => edited(asking, object, version));
		const isChange = spoken(clause, 'update upgrade bump change switch set replace 업데이트 업그레이드 올리 바꾸 변경 교체');
		if (!isChange || (!wantsNewest(clause) && !spoken(clause, 'image tag 이미지 태그'))) return undefined;
		return editTargets(asking, podKinds, object =>
			question(
				clause,
				`Which image tag should ${object.metadata.name} run? The version has to be named.`,
				`${object.metadata.name}을(를) 어느 이미지 태그로 바꿀까요? 버전(tag)을 알려 주세요.`,
			),
		);
	},
};

/**
 * `cart-store goes to redis 7.4.2`, `kafka brokers: 3.9.0 -> 3.9.1`: an order that names one workload and one version that it does not run, and that nothing else
 * understood. Asked last of all.
 */
export const looseImageIntent: Intent = {
	name: 'version beside a name',
	async understand(clause, world, talk) {
		if (
			speaksOfLabels(clause) ||
			servedBy.test(clause.text) ||
			speaksOfCanary(clause) ||
			factorIn(plainText(clause)) !== undefined ||
			moodOf(clause.text) !== 'order'
		)
			return undefined;
		const asking = {clause, world, talk};
		const targets = await targetsIn(asking, podKinds);
		if (isQuestion(targets)) return versionIn(clause) === undefined ? undefined : targets;
		const [object, ...others] = targets;
		if (object === undefined || others.length > 0) return undefined;
		const running = containersIn(object).map(({image}) => image);
		const words = clause.words.filter(({raw}) => !running.some(image => image === raw || image.endsWith(`:${raw}`)));
		const versions = [...versionsIn({words}), ...imagesIn({words})];
		const version = versionIn({words});
		if (version === undefined || versions.length !== 1 || countsReplicas(clause, version) || isAddress(clause, version)) return undefined;
		const edit = edited(asking, object, version);
		return 'kind' in edit ? edit : allOf([plannedEdit(asking, object, edit)]);
	},
};
