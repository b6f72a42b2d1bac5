import type {Container, Probe} from '../pod-shapes.ts';
import {type Fate, refused} from './image-rules.ts';

type Killing = {readonly atMs: number; readonly probe: Probe; readonly kind: 'Liveness' | 'Startup'; readonly message: string};

export const periodMs = ({periodSeconds = 10}: Probe) => periodSeconds * 1000;

/** The first probe that kills: after its delay and as many failures as it allows. While a startup probe asks, no liveness probe does. */
export function killing(
	{livenessProbe, startupProbe, ports = []}: Container,
	{livenessError, startMs}: Fate,
	startedMs: number,
): Killing | undefined {
	const patienceMs = ({initialDelaySeconds = 0, failureThreshold = 3, ...probe}: Probe) =>
		initialDelaySeconds * 1000 + periodMs(probe) * failureThreshold;
	const first = startupProbe ?? livenessProbe;
	if (first !== undefined && patienceMs(first) < startMs) {
		const port = first.httpGet?.port ?? first.tcpSocket?.port ?? first.grpc?.port ?? 0;
		const number = ports.find(({name}) => name === port)?.containerPort ?? port;
		const message = refused(number, first.httpGet?.path ?? '/');
		return {atMs: startedMs + patienceMs(first), probe: first, kind: startupProbe === undefined ? 'Liveness' : 'Startup', message};
	}
	if (livenessError === undefined || livenessProbe === undefined) return undefined;
	const {afterMs, message} = livenessError;
	return {atMs: startedMs + afterMs + patienceMs(livenessProbe), probe: livenessProbe, kind: 'Liveness', message};
}
