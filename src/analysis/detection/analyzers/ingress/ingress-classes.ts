import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';

const defaultMark = 'ingressclass.kubernetes.io/is-default-class';
const oldMark = 'kubernetes.io/ingress.class';

const namesOf = (objects: readonly KubeObject[]) => objects.map(({metadata}) => metadata.name);
const isServed = (ingress: KubeObject) => listAt(ingress, 'status', 'loadBalancer', 'ingress').length > 0;

/** A class to give an Ingress, and whether the objects tell that it was meant. */
type Meant = {readonly name: string; readonly sure: boolean};

const letters = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const wordsOf = (name: string) => new Set(name.toLowerCase().split(/[^a-z0-9]+/));

/** The one name that shares more words with another than all others do: `nginx-public` was meant as `edge-public` where that is the only public one. */
function mostAlike(name: string, names: readonly string[]): string | undefined {
	const wanted = wordsOf(name);
	const [first, second] = names
		.map(each => ({each, shared: [...wordsOf(each)].filter(word => wanted.has(word)).length}))
		.toSorted((a, b) => b.shared - a.shared);
	return first === undefined || first.shared === 0 || first.shared === second?.shared ? undefined : first.each;
}

/** The one class that the other Ingresses of a namespace have. */
function classOfSiblings(ingress: KubeObject, survey: Survey): string | undefined {
	const used = survey
		.all('Ingress', ingress.metadata.namespace)
		.filter(each => each !== ingress)
		.flatMap(each => textAt(each, 'spec', 'ingressClassName') ?? []);
	const [only, ...others] = new Set(used);
	return others.length === 0 ? only : undefined;
}

/** The class that was meant: that of before, one of a near name, the default, or the only one that there is; else the likeliest one. */
function meantClass(ingress: KubeObject, asked: string | undefined, survey: Survey): Meant | undefined {
	const classes = survey.all('IngressClass');
	const names = namesOf(classes);
	const former = textAt(lastApplied(ingress), 'spec', 'ingressClassName');
	const near = asked === undefined ? undefined : meantName(asked, names);
	const usual = classes.find(({metadata}) => metadata.annotations?.[defaultMark] === 'true')?.metadata.name;
	const told = [former, near, usual, names.length === 1 ? names[0] : undefined];
	const likely = [asked === undefined ? undefined : mostAlike(asked, names), classOfSiblings(ingress, survey)];
	const [name] = [...told, ...likely].filter(each => each !== undefined && names.includes(each));
	// One near or default class may publish what another one kept inside.
	return name === undefined ? undefined : {name, sure: name === former || (asked !== undefined && letters(name) === letters(asked))};
}

function remedies(ingress: KubeObject, from: string | undefined, meant: Meant | undefined): readonly Remedy[] {
	if (meant === undefined) return [];
	const name = refText(refOf(ingress));
	return [
		exchange(ingress, [{path: ['spec', 'ingressClassName'], from, to: meant.name}], {
			side: 'ingress',
			sure: meant.sure,
			text: {en: `Give ${name} the class ${meant.name}`, ko: `${name}의 클래스를 ${meant.name}(으)로 합니다`},
		}),
	];
}

function classCause(ingress: KubeObject, survey: Survey): readonly Cause[] {
	const classes = survey.all('IngressClass');
	const asked = textAt(ingress, 'spec', 'ingressClassName');
	const have = namesOf(classes).join(', ') || 'none';
	const name = refText(refOf(ingress));
	const base = {
		resource: refOf(ingress),
		path: 'spec.ingressClassName',
		remedies: remedies(ingress, asked, meantClass(ingress, asked, survey)),
	};
	if (asked !== undefined)
		return classes.some(({metadata}) => metadata.name === asked)
			? []
			: [
					{
						...base,
						id: 'ingress-class-not-there',
						// Some controllers need no such object: without any, nobody can tell.
						...(classes.length === 0 ? {severity: isServed(ingress) ? ('low' as const) : ('medium' as const)} : {}),
						cause: {
							en: `${name} names the class ${asked}, which is not there (there is: ${have}): no controller takes it up`,
							ko: `${name}가 지정한 클래스 ${asked}이(가) 없어(있는 것: ${have}) 어떤 컨트롤러도 처리하지 않습니다`,
						},
						evidence: [
							{source: name, detail: `spec.ingressClassName ${asked}`},
							{source: 'IngressClasses', detail: have},
							...changeEvidence(ingress),
						],
					},
				];
	const isNamed = ingress.metadata.annotations?.[oldMark] !== undefined;
	const hasDefault = classes.some(({metadata}) => metadata.annotations?.[defaultMark] === 'true');
	return isNamed || hasDefault || classes.length === 0 || isServed(ingress)
		? []
		: [
				{
					...base,
					id: 'ingress-without-class',
					cause: {
						en: `${name} names no class, and none of ${have} is the default: no controller takes it up`,
						ko: `${name}에 클래스가 없고 ${have} 중 기본 클래스도 없어 어떤 컨트롤러도 처리하지 않습니다`,
					},
					evidence: [
						{source: name, detail: 'no spec.ingressClassName'},
						{source: 'IngressClasses', detail: `${have}, none is the default`},
					],
				},
			];
}

/** Ingresses that no controller takes up. */
export const ingressClassFaults = (survey: Survey): readonly Cause[] =>
	survey.isRead('IngressClass') ? survey.all('Ingress').flatMap(ingress => classCause(ingress, survey)) : [];
