import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Call} from '../../understanding.ts';
import {lacking, type Made, objects} from '../made.ts';
import {sortedPairs} from '../reading/pairs.ts';
import {says} from '../reading/wish.ts';
import {alreadyThere, type Scene} from '../scene.ts';
import {type CopyWish, copyWish} from './copy-wish.ts';

const differs = /\b(?:except|but|only|apart from|differ\w*|instead)\b|다만|만 ?(?:바꿔|변경|다르)|빼고|제외/i;

/** A ConfigMap or Secret once more. The values of a Secret go from one to the other unseen. Undefined where the wish is for no copy. */
export async function makeCopies(scene: Scene): Promise<Made | undefined> {
	const wanted = await copyWish(scene);
	if (wanted === undefined || 'kind' in wanted) return wanted;
	const {source, name, places, changed, dropped} = wanted;
	for (const place of places) {
		const there = await alreadyThere(scene, source.kind, name, place);
		if (there !== undefined) return there;
	}
	const same = Object.keys(changed).length + dropped.length === 0;
	if (same && says(scene.wish, differs) && /\bexcept|\bbut (?:with|for)\b|다만|만 ?(?:바꿔|변경|다르)/i.test(scene.wish.text))
		return lacking(
			scene.wish,
			`What shall differ from ${source.metadata.name}? Say it as KEY=VALUE.`,
			`${source.metadata.name}와(과) 무엇이 달라야 하나요? KEY=VALUE로 말씀해 주세요.`,
		);
	if (source.kind === 'ConfigMap') return objects(...places.map(place => configMapCopy(wanted, name, place)));
	if (!same && Object.keys(sortedPairs(scene.wish).labels).length === 0)
		return lacking(
			scene.wish,
			'The values of a Secret are copied unseen, and none of them is taken from a request. Copy it as it is, then change the key from a variable or a file.',
			'시크릿 값은 보이지 않게 그대로 복사되며, 요청에 쓴 값은 쓰지 않습니다. 그대로 복사한 뒤 환경변수나 파일로 바꿔 주세요.',
		);
	return {kind: 'calls', calls: places.map(place => secretCopy(scene, wanted, place))};
}

function configMapCopy({source, changed, dropped}: CopyWish, name: string, namespace: string): KubeObject {
	const data = Object.fromEntries(Object.entries({...textMapAt(source, 'data'), ...changed}).filter(([key]) => !dropped.includes(key)));
	const binary = textMapAt(source, 'binaryData');
	return {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name, namespace},
		data,
		...(Object.keys(binary).length === 0 ? {} : {binaryData: binary}),
		...(valueAt(source, 'immutable') === true ? {immutable: true} : {}),
	};
}

function secretCopy({planned, wish}: Scene, {source, name}: CopyWish, namespace: string): Call {
	const isToCome = planned.some(({kind, metadata}) => kind === 'Namespace' && metadata.name === namespace);
	const labels = Object.entries(sortedPairs(wish).labels).map(([key, value]) => `${key}=${value}`);
	return {
		tool: 'secret_manage',
		input: {
			name,
			namespace,
			copyOf: `${source.metadata.namespace}/${source.metadata.name}`,
			...(labels.length === 0 ? {} : {labels}),
			...(isToCome ? {namespaceToCome: true} : {}),
		},
	};
}
