import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Intent} from '../../understanding.ts';
import {spoken, spokenNearly} from '../../words/spoken.ts';
import {type Asking, question} from '../asking.ts';
import {speaksOfCanary} from '../canary/canary-words.ts';
import {containersIn, shortImageName} from '../containers.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {factorIn} from '../factor-words.ts';
import {plainText} from '../plain-text.ts';
import {isQuestion, podKinds, targetsIn} from '../targets.ts';
import {isTerse} from '../terse.ts';
import {containerFor, imageOf, type Version, withImage} from './new-image.ts';
import {versionIn, wantsNewest} from './version-words.ts';

const updating =
	'update upgrade bump set change move switch roll rollout deploy use run ship release put bring pin downgrade replace swap take get should image tag version 이미지 태그 버전 업데이트 업그레이드 올리 바꾸 변경 교체 배포 적용 설정 돌리 맞추 내리 갱신';

function edited(asking: Asking, object: KubeObject, version: Version): Edit | ReturnType<typeof question> {
	const container = containerSpoken(asking, object, (of, words) => containerFor(of, version, words));
	if ('kind' in container) return container;
	return {after: withImage(object, container, version), told: `${container.name} ${imageOf(container, version)}`};
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

/** Gives workloads another image, or another tag of the one that they have. */
export const imageIntent: Intent = {
	name: 'image',
	async understand(clause, world, talk) {
		const asking = {clause, world, talk};
		// A version for a canary is none for the stable pods.
		if (speaksOfCanary(clause) && !clause.words.some(({text}) => text.endsWith('-canary'))) return undefined;
		const version = versionIn(clause);
		if (!spokenNearly(clause, updating) && !(version !== undefined && (await isTerseOrder(asking, version)))) return undefined;
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
