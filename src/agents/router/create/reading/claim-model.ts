import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {ClaimWish} from '../manifests/workloads.ts';
import {timesQuantity} from './resources.ts';
import {says, type Wish} from './wish.ts';

const likeness =
	/\b(?:same|like|as (?:big|large|much)|equal|identical|match\w*|half|twice|double|triple|quadruple|times|third|quarter|size of|copy|clone\w*|duplicat\w*)\b|같은|같게|똑같|동일|처럼|만큼|절반|반으로|[두세네\d] ?배|맞춰|복제|복사|클론/i;
const size = /\b(?:sizes?d?|capacity|large|big|much|storage of)\b|크기|용량|만큼|절반|배(?:로|의)/i;
const storageClass = /\bclass\b|클래스/i;
const modes = /\b(?:access )?modes?\b|모드/i;

/**
 * What a new claim has of a live one that it is to be like: its size, its class and how it is taken, or only those of them that are named.
 * `half the size of etl-scratch`, `크기와 클래스는 old-dump와 똑같이`
 */
export function claimLike(
	wish: Wish,
	name: string,
	claims: readonly KubeObject[],
): {readonly [field in keyof ClaimWish]?: ClaimWish[field] | undefined} | undefined {
	const model = claims.find(({metadata}) => metadata.name !== name && wish.words.some(({raw}) => raw === metadata.name));
	if (model === undefined || !says(wish, likeness)) return undefined;
	const isWhole = ![size, storageClass, modes].some(attribute => says(wish, attribute));
	const held = textAt(model, 'spec', 'resources', 'requests', 'storage');
	const times = wish.amounts.find(({kind}) => kind === 'factor' || kind === 'share');
	const factor = times?.kind === 'factor' || times?.kind === 'share' ? times.value : 1;
	return {
		...(held !== undefined && (isWhole || says(wish, size)) ? {size: timesQuantity(held, factor)} : {}),
		...(isWhole || says(wish, storageClass) ? {className: textAt(model, 'spec', 'storageClassName')} : {}),
		...(isWhole || says(wish, modes) ? {modes: listAt(model, 'spec', 'accessModes').filter(mode => typeof mode === 'string')} : {}),
	};
}
