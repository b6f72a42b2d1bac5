import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

type Place = Exchange['path'];

/** A field of the pod that its containers are given, and where that is said. */
type Given = {readonly field: string; readonly place: Place};

/** Fields that variables and files are made of. */
const givenFields = ({podSpec, workload, containers}: Subject): readonly Given[] => [
	...containers.flatMap(({container, place}) =>
		listAt(container, 'env').flatMap((each, index) =>
			asGiven(each, [...place, 'env', index, 'valueFrom', 'fieldRef'], 'valueFrom', 'fieldRef'),
		),
	),
	...listAt(podSpec, 'volumes').flatMap((volume, index) => {
		const base = [...podSpecPlace(workload), 'volumes', index];
		const items = (of: Json | undefined, at: Place) =>
			listAt(of, 'items').flatMap((item, number) => asGiven(item, [...at, 'items', number, 'fieldRef'], 'fieldRef'));
		return [
			...items(objectAt(volume, 'downwardAPI'), [...base, 'downwardAPI']),
			...listAt(volume, 'projected', 'sources').flatMap((source, number) =>
				items(objectAt(source, 'downwardAPI'), [...base, 'projected', 'sources', number, 'downwardAPI']),
			),
		];
	}),
];

const asGiven = (item: Json, place: Place, ...steps: readonly string[]): readonly Given[] => {
	const field = textAt(item, ...steps, 'fieldPath');
	return field === undefined ? [] : [{field, place: [...place, 'fieldPath']}];
};

/** A label or an annotation that pods of the template do not have is given as an empty text. */
function emptyFields(subject: Subject): readonly Cause[] {
	const {workload, given, change, pods} = subject;
	const template = templatePath(workload);
	if (template === undefined) return [];
	return givenFields(subject).flatMap(({field, place}): readonly Cause[] => {
		const [, kind = '', key = ''] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(field) ?? [];
		const have = Object.keys(objectAt(workload, ...template, 'metadata', kind));
		// What controllers and webhooks put on pods stands in no template.
		const isPuts = pods.some(({metadata}) => Object.hasOwn((kind === 'labels' ? metadata.labels : metadata.annotations) ?? {}, key));
		const isOfControllers = /kubernetes\.io\/|^pod-template-hash$|^controller-|^statefulset|^batch|^job-name$/.test(key);
		if (key === '' || have.includes(key) || isPuts || isOfControllers) return [];
		const who = refText(refOf(workload));
		const former = changesAt(change(), place).filter(({to}) => typeof to === 'string');
		const before = textAt(change()?.earlier.template, 'metadata', kind, key);
		const meant = meantName(key, have);
		const [at, text] = [[...template, 'metadata', kind], `metadata.${kind}[${key}]`];
		const owned = objectAt(workload, ...at);
		const remedies =
			before !== undefined
				? [
						exchange(workload, [Object.keys(owned).length === 0 ? {path: at, to: {[key]: before}} : {path: [...at, key], to: before}], {
							side: 'workload',
							sure: true,
							text: {en: `Give the pods of ${who} ${text} ${before} again`, ko: `${who}의 파드에 ${text} ${before}을(를) 되돌립니다`},
						}),
					]
				: former.length > 0
					? backRemedy(given(), change(), former)
					: meant === undefined
						? []
						: [
								exchange(workload, [{path: place, from: field, to: `metadata.${kind}['${meant}']`}], {
									side: 'workload',
									sure: true,
									text: {en: `Give ${who} metadata.${kind}[${meant}]`, ko: `${who}에 metadata.${kind}[${meant}]을(를) 줍니다`},
								}),
							];
		return [
			{
				id: 'field-of-pod-not-there',
				resource: refOf(workload),
				path: before === undefined ? fieldPath(workload, place) : fieldPath(workload, [...at, key]),
				severity: before !== undefined || former.length > 0 || meant !== undefined ? 'medium' : 'low',
				cause: {
					en: `${who} gives its containers ${text}, which its pods do not have: they get an empty text`,
					ko: `${who}가 컨테이너에 ${text}을(를) 주는데 파드에 그것이 없어 빈 값이 됩니다`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, place)} ${field}; ${kind} ${have.join(', ') || 'none'}`},
					...(before === undefined ? [] : [{source: who, detail: `${text} was ${before} in the revision before`}]),
					...changeEvidence(given(), change(), former),
				],
				remedies,
			},
		];
	});
}

/** Variables of a ConfigMap or Secret that a release gives other names: what is read under the old ones is not there. */
function renamedAll(
	{workload, given, change, fresh, isWell, gravity}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	return listAt(container, 'envFrom').flatMap((source, index): readonly Cause[] => {
		const path = [...place, 'envFrom', index, 'prefix'];
		const changed = fresh(path).length === 0 ? [] : changesAt(change(), path).filter(each => each.path.at(-1) === 'prefix');
		const [exchanged] = changed;
		if (exchanged === undefined) return [];
		const [now, before] = [textAt(source, 'prefix') ?? '', typeof exchanged.to === 'string' ? exchanged.to : ''];
		const from = textAt(source, 'configMapRef', 'name') ?? textAt(source, 'secretRef', 'name') ?? '';
		const who = refText(refOf(workload));
		// What refers to the former names is told with the variables that are not defined.
		if (before !== '' && JSON.stringify(container).includes(`$(${before}`)) return [];
		// Another prefix that is nothing like the one before may go with another program, and any with another image.
		const isSameProgram = changesAt(change(), [...place, 'image']).length === 0;
		const isSlip = isSameProgram && (now === '' || before === '' || nearestNames(now, [before]).length > 0);
		return [
			{
				id: 'variables-renamed',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				cause: {
					en: `All variables that container ${name} of ${who} takes from ${from} begin with ${now || 'nothing'} since its last change, and began with ${before || 'nothing'}: under their old names they are gone`,
					ko: `${who}의 컨테이너 ${name}가 ${from}에서 받는 변수 이름의 접두사가 ${before || '(없음)'}에서 ${now || '(없음)'}(으)로 바뀌어 예전 이름의 변수가 없습니다`,
				},
				evidence: changeEvidence(given(), change(), changed),
				remedies: backRemedy(given(), change(), changed, isSlip || !isWell),
			},
		];
	});
}

/** Amounts of a container that is not there: its own container cannot be made. */
function strayAmounts(
	{workload, containers, given, change, gravity}: Subject,
	{name, container, place}: PlacedContainer,
): readonly Cause[] {
	const names = containers.map(each => each.name);
	return listAt(container, 'env').flatMap((variable, index): readonly Cause[] => {
		const wanted = textAt(variable, 'valueFrom', 'resourceFieldRef', 'containerName') ?? '';
		if (wanted === '' || names.includes(wanted)) return [];
		const path = [...place, 'env', index, 'valueFrom', 'resourceFieldRef', 'containerName'];
		const changed = changesAt(change(), path).filter(({to}) => typeof to === 'string' && names.includes(to));
		const meant = meantName(wanted, names) ?? name;
		const who = refText(refOf(workload));
		return [
			{
				id: 'field-of-pod-not-there',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('high'),
				cause: {
					en: `Container ${name} of ${who} is given ${textAt(variable, 'valueFrom', 'resourceFieldRef', 'resource')} of container ${wanted}, which is not there: it cannot be made`,
					ko: `${who}의 컨테이너 ${name}가 없는 컨테이너 ${wanted}의 자원 값을 받으려 해 만들어지지 못합니다`,
				},
				evidence: [{source: who, detail: `containers ${names.join(', ')}`}, ...changeEvidence(given(), change(), changed)],
				remedies:
					changed.length > 0
						? backRemedy(given(), change(), changed)
						: [
								exchange(workload, [{path, from: wanted, to: meant}], {
									side: 'workload',
									sure: meant !== name || names.length === 1,
									text: {en: `Give ${who} the amounts of container ${meant}`, ko: `${who}에 컨테이너 ${meant}의 자원 값을 줍니다`},
								}),
							],
			},
		];
	});
}

/** Settings that are made of the pod itself, or under other names than before. */
export const fieldFaults = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject => [
		...emptyFields(subject),
		...subject.containers.flatMap(placed => [...renamedAll(subject, placed), ...strayAmounts(subject, placed)]),
	]);
