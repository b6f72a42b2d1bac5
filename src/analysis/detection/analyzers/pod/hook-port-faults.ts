import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

const hooks = ['preStop', 'postStart'] as const;

type Port = {readonly name: string; readonly number: number};

const portsOf = (container: Json | undefined): readonly Port[] =>
	listAt(container, 'ports').map(port => ({name: textAt(port, 'name') ?? '', number: numberAt(port, 'containerPort') ?? 0}));

const formerPorts = ({change}: Subject, {name}: PlacedContainer): readonly Port[] =>
	portsOf(listAt(change()?.earlier.template, 'spec', 'containers').find(each => textAt(each, 'name') === name));

/** The port that the name stood for in the revision before, by the name that it has now. */
function renamed(subject: Subject, placed: PlacedContainer, port: string, ports: readonly Port[]): Port | undefined {
	const number = formerPorts(subject, placed).find(each => each.name === port)?.number;
	return ports.find(each => each.number === number && each.name !== '');
}

/** The number that the port of the revision before has now, by its name. */
function moved(subject: Subject, placed: PlacedContainer, port: number, ports: readonly Port[]): Port | undefined {
	const name = formerPorts(subject, placed).find(each => each.number === port)?.name;
	return ports.find(each => each.name === name && each.name !== '');
}

/** What the hook asked before, the port that was called so, the nearest name, or the only port that there is. */
function meantPort(
	subject: Subject,
	placed: PlacedContainer,
	place: readonly (string | number)[],
	port: string | number,
): string | number | undefined {
	const ports = portsOf(placed.container);
	const former = changesAt(subject.change(), place)[0]?.to;
	if (ports.some(({name, number}) => former === name || former === number)) return former as string | number;
	if (typeof port === 'number') return moved(subject, placed, port, ports)?.number ?? (ports.length === 1 ? ports[0]?.number : undefined);
	const names = ports.flatMap(({name}) => (name === '' ? [] : [name]));
	return renamed(subject, placed, port, ports)?.name ?? meantName(port, names) ?? (ports.length === 1 ? ports[0]?.number : undefined);
}

/**
 * A number need not be declared: it is told where the hook or the ports were changed lately so that they part. The server takes a number in quotes for a name,
 * and the kubelet reads it as the number.
 */
function isAstray(
	subject: Subject,
	{container, place: own}: PlacedContainer,
	place: readonly (string | number)[],
	port: Json | undefined,
): port is string | number {
	if (typeof port === 'string') return !/^\d+$/.test(port) && !portsOf(container).some(({name}) => name === port);
	if (typeof port !== 'number' || portsOf(container).length === 0) return false;
	const isDeclared = subject.containers.some(each => portsOf(each.container).some(({number}) => number === port));
	return !isDeclared && [...subject.fresh(place), ...subject.fresh([...own, 'ports'])].length > 0;
}

/**
 * A name is looked up in the ports of the own container: a hook that finds none fails, and the program is not told to end, or does not start.
 * @see resolvePort in kubernetes pkg/kubelet/lifecycle/handlers.go
 */
function hookPort(subject: Subject, placed: PlacedContainer, hook: (typeof hooks)[number]): readonly Cause[] {
	const {workload, given, change, gravity} = subject;
	const place = [...placed.place, 'lifecycle', hook, 'httpGet', 'port'];
	const port = valueAt(placed.container, 'lifecycle', hook, 'httpGet', 'port');
	const ports = portsOf(placed.container);
	if (!isAstray(subject, placed, place, port)) return [];
	const meant = meantPort(subject, placed, place, port);
	const have = ports.map(({name, number}) => (name === '' ? String(number) : `${number} (${name})`)).join(', ') || 'none';
	const name = refText(refOf(workload));
	const what = hook === 'preStop' ? 'it fails at each end, and connections are cut' : 'it fails at each start, and the container is ended';
	return [
		{
			id: 'hook-port-not-there',
			resource: refOf(workload),
			path: fieldPath(workload, place),
			severity: hook === 'preStop' ? 'medium' : gravity('high'),
			cause: {
				en: `The ${hook} hook of container ${placed.name} asks port ${port}, and the container has ${have}: ${what}`,
				ko: `컨테이너 ${placed.name}의 ${hook} 훅이 ${port} 포트를 부르는데 컨테이너의 포트는 ${have}입니다`,
			},
			evidence: [
				{source: name, detail: `${hook}.httpGet.port ${port}, ports ${have}`},
				...changeEvidence(given(), change(), changesAt(change(), place)),
			],
			remedies:
				meant === undefined
					? []
					: [
							exchange(workload, [{path: place, from: port, to: meant}], {
								side: 'workload',
								sure: true,
								text: {
									en: `Let the ${hook} hook of ${name} ask port ${String(meant)}`,
									ko: `${name}의 ${hook} 훅이 ${String(meant)} 포트를 부르게 합니다`,
								},
							}),
						],
		},
	];
}

/** Hooks whose port their container does not have. */
export const hookPortFaults = (subject: Subject): readonly Cause[] =>
	subject.containers.flatMap(placed => hooks.flatMap(hook => hookPort(subject, placed, hook)));
