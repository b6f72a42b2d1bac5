import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {inEnglish} from '../../words/loanwords.ts';
import {spoken} from '../../words/spoken.ts';
import {type Asking, allOf} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {plannedEdit} from '../edit-targets.ts';
import {mayChange} from '../is-change.ts';
import {isQuestion, targetsIn} from '../targets.ts';

const swapping = /\b(?:swap|exchange|interchange|trade places)\b|서로\s?(?:맞)?바[꿔꾸]|맞바[꿔꾸]|교환/i;
const others =
	'restart scale rollback undo delete remove drop cordon drain label annotate image bump upgrade canary create add replica 재시작 롤백 삭제 지우 제거 라벨 이미지 카나리 생성 추가 레플리카';
const live = /^(?:live|main|production|prod|라이브|운영|메인)$/;
const colour = /^(?:blue|green|canary|stable)$/;

/** The sides that are said of these Services, each behind its name: `a goes to green, b to blue`. */
function sidesSaid({words}: Clause, services: readonly KubeObject[]): readonly {readonly service: KubeObject; readonly side: string}[] {
	// The live one of web and web-preview is web.
	const [main] = services.toSorted((a, b) => a.metadata.name.length - b.metadata.name.length);
	let last: KubeObject | undefined;
	return words.flatMap(({text}) => {
		const named = services.find(({metadata}) => metadata.name === text || metadata.name.endsWith(`-${text}`));
		last = named ?? (live.test(text) ? main : last);
		const side = inEnglish(text) ?? text;
		return last !== undefined && colour.test(side) ? [{service: last, side}] : [];
	});
}

/** `the dispatch services`: the one of that name, and those that are called after it. */
async function withAlike({clause, world}: Asking, named: readonly KubeObject[]): Promise<readonly KubeObject[]> {
	const [only, ...more] = named;
	if (only === undefined || more.length > 0 || !/\bservices\b|서비스(?:들|를? ?(?:둘|두))/i.test(clause.text)) return named;
	const all = await world.objects('Service', only.metadata.namespace);
	return [only, ...all.filter(({metadata}) => metadata.name.startsWith(`${only.metadata.name}-`))];
}

/** `swap the selectors of a and b`, `a and b trade places: a serves green, b blue`: each Service gets what the other has, if that is what is said of it. */
export const swapServices: Intent = {
	name: 'swap services',
	async understand(clause, world, talk) {
		if (!swapping.test(clause.text) || !mayChange(clause) || spoken(clause, others)) return undefined;
		const asking: Asking = {clause, world, talk};
		const named = await targetsIn(asking, ['Service']);
		if (isQuestion(named)) return undefined;
		const services = await withAlike(asking, named);
		const [one, other, ...more] = services;
		if (one === undefined || other === undefined || more.length > 0) return undefined;
		const next = (service: KubeObject) => objectAt(service === one ? other : one, 'spec', 'selector');
		if (sidesSaid(clause, services).some(({service, side}) => !Object.values(next(service)).includes(side))) return undefined;
		return allOf(
			[one, other].map(service =>
				plannedEdit(asking, service, {
					after: changeAt(service, ['spec', 'selector'], () => next(service)),
					told: `selector ${JSON.stringify(next(service))}`,
				}),
			),
		);
	},
};
