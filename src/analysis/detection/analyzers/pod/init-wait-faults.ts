import {listAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
/** Names that can only be those of Services: with their namespace and `svc` behind them. */
const qualified = new RegExp(`(?<![\\w.-])(${label})\\.(${label})\\.svc(?![\\w-])`, 'g');
/** A plain name is one only behind a program that asks for a host. */
const asked = new RegExp(
	`\\b(?:nslookup|getent hosts|ping(?: -\\w+ \\d+)*|nc(?: -\\w+(?: \\d+)?)*|pg_isready -h|mysqladmin ping -h|redis-cli -h|wait-for(?:-it)?(?:\\.sh)?) ['"]?(${label})(?:\\.(${label}))?(?=[\\s:;'"]|$)`,
	'g',
);

type Wanted = {readonly name: string; readonly namespace: string; readonly path: readonly (string | number)[]; readonly text: string};

const isHost = (name: string) => name !== 'localhost' && !/^\d+$/.test(name);

function wantedBy({container, place}: PlacedContainer, own: string, namespaces: readonly string[]): readonly Wanted[] {
	return ['command', 'args'].flatMap(list =>
		listAt(container, list).flatMap((text, index) => {
			if (typeof text !== 'string' || text.includes('$(')) return [];
			const path = [...place, list, index];
			return [
				...[...text.matchAll(qualified)].flatMap(([, name = '', namespace = '']) => [{name, namespace, path, text}]),
				...[...text.matchAll(asked)].flatMap(([, name = '', namespace = own]) =>
					isHost(name) && namespaces.includes(namespace) ? [{name, namespace, path, text}] : [],
				),
			];
		}),
	);
}

/** An init container that waits for a Service which is not there never ends, and the pod never begins. */
export function initWaitFaults(subject: Subject): readonly Cause[] {
	const {survey, workload, containers, given, change, gravity} = subject;
	const own = workload.metadata.namespace ?? '';
	return containers
		.filter(({isInit}) => isInit)
		.flatMap(placed => {
			const [lost] = wantedBy(placed, own, survey.namespaces).filter(
				({name, namespace}) => survey.isRead('Service', namespace) && survey.find('Service', namespace, name) === undefined,
			);
			if (lost === undefined) return [];
			const {name, namespace, path, text} = lost;
			const changed = changesAt(change(), path);
			const meant = meantName(
				name,
				survey.all('Service', namespace).map(({metadata}) => metadata.name),
			);
			const back = backRemedy(given(), change(), changed);
			return [
				{
					id: 'init-waits-for-nobody' as const,
					resource: refOf(workload),
					path: fieldPath(workload, path),
					severity: gravity('medium'),
					lacks: `Service ${namespace}/${name}`,
					cause: {
						en: `Init container ${placed.name} asks for Service ${namespace}/${name}, which is not there: pods that start from now on wait for it without end`,
						ko: `초기화 컨테이너 ${placed.name}가 없는 서비스 ${namespace}/${name}를 기다립니다: 새 파드는 시작되지 못합니다`,
					},
					evidence: [
						{source: refText(refOf(workload)), detail: `${fieldPath(workload, path)}: ${shortLine(text, 160)}`},
						...changeEvidence(given(), change(), changed),
					],
					remedies:
						back.length > 0 || meant === undefined
							? back
							: [
									exchange(workload, [{path, from: text, to: text.replaceAll(new RegExp(`(?<![\\w.-])${name}(?![\\w-])`, 'g'), meant)}], {
										side: 'workload' as const,
										sure: true,
										text: {
											en: `Let init container ${placed.name} wait for Service ${meant}`,
											ko: `초기화 컨테이너 ${placed.name}가 서비스 ${meant}를 기다리게 합니다`,
										},
									}),
								],
				},
			];
		});
}
