import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Amount} from '../../words/amounts.ts';
import {compoundWord} from '../../words/compound-word.ts';
import {hostOf, isPath, pairsIn} from '../../words/values.ts';
import type {World} from '../../world.ts';
import {plainAt, type Wish} from '../reading/wish.ts';

const nameLike = /^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)+$/;
const variable = /^\$?\{?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\}?$/;

const readable = (amount: Amount): readonly string[] => {
	switch (amount.kind) {
		case 'number':
		case 'factor':
			return [String(amount.value)];
		case 'percent':
			return [String(amount.value), String(Math.round(amount.value))];
		case 'share':
			return [String(Math.round(amount.value * 100))];
		case 'quantity':
			return [amount.quantity];
		case 'duration':
			return [60, 3600, 86_400, 1].map(unit => String(amount.seconds / unit));
		case 'range':
			return [String(amount.from), String(amount.to)];
	}
};

/** `one pod`, `a policy`, `PDB 하나`: no amount that a plan has to hold; `그대로 두세요` is none at all. */
const isCounting = (wish: Wish, {first, last}: Amount) =>
	(first === last || (last === first + 1 && /^개/.test(plainAt(wish, last)))) &&
	/^(?:a|an|one|single|both|two|three|second|third|하나\S*|한|두|둘|세|셋|[123]개\S*|[123]번|double|half|[한두세네][가-힣]+)$/.test(
		plainAt(wish, first),
	);

/** What a wish says so exactly that a plan of it has to hold it: values, names that only a name is written like, pairs, hosts and paths. Each in the ways to write it. */
function exact(wish: Wish): readonly (readonly string[])[] {
	const words = wish.words.flatMap((word): readonly string[] => {
		const host = hostOf(word);
		if (host !== undefined && host.host.split('.').length > 2) return [host.host];
		if (isPath(word) || word.quoted) return [word.raw];
		if (variable.test(word.raw)) return [word.raw.replaceAll(/[${}]/g, '')];
		return nameLike.test(word.raw) && !/^(?:i\.e|e\.g)$/.test(word.raw) && !compoundWord.test(word.raw) ? [word.raw] : [];
	});
	const pairs = pairsIn(wish).flatMap(({key, value}) => [
		// `min=2` is said of `minReplicas`.
		[key, `${key}Replicas`],
		[value.replaceAll(/^["'`$]\{?|["'`}]$/g, '')],
	]);
	const amounts = wish.amounts
		.filter(amount => !isCounting(wish, amount))
		.flatMap(amount =>
			amount.kind === 'range' ? readable(amount).map(bound => [bound]) : [[...readable(amount), wish.words[amount.first]?.raw ?? '']],
		);
	return [...words.map(word => [word]), ...pairs, ...amounts].filter(([value]) => value !== '');
}

const holds = (text: string, value: string) => new RegExp(`(?<![\\w.])${RegExp.escape(value)}(?![\\w]|\\.\\d)`, 'i').test(text);

const kinds = [
	...['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount', 'NetworkPolicy', 'Node'],
	...['Role', 'RoleBinding', 'ResourceQuota', 'LimitRange', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'PersistentVolumeClaim'],
];

/** What a wish says exactly that neither is in a plan nor is there: a part of it was not understood. */
export async function unexplained(wish: Wish, planned: string, world: World): Promise<string | undefined> {
	const unknown = exact(wish)
		.filter(values => !values.some(value => holds(planned, value)))
		.flatMap(([value = '']) => value);
	if (unknown.length === 0) return undefined;
	const live: readonly KubeObject[] = (await Promise.all(kinds.map(kind => world.objects(kind)))).flat();
	const names = new Set([...live.map(({metadata}) => metadata.name), ...(await world.namespaces())]);
	const files = await Promise.all(unknown.map(value => world.file(value)));
	return unknown.find((value, index) => !names.has(value) && files[index] === undefined);
}
