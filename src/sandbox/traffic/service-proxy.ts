import {fitsMap} from '../../core/kube/selector.ts';
import {isReady} from '../life/pod-state.ts';
import type {World} from '../life/world.ts';
import type {HookAnswer} from '../machine.ts';

const proxied = /^\/api\/v1\/namespaces\/([^/]+)\/services\/(?:https?:)?([^/:]+)(?::([^/]*))?\/proxy(?:\/|$)/;

/** What the program behind a Service answers to a GET: it has nothing to tell but that it is there. Undefined for other paths. */
export function serviceAnswer(world: World, path: string): HookAnswer | undefined {
	const [, namespace = '', name = '', port = ''] = proxied.exec(path) ?? [];
	if (name === '') return undefined;
	const service = world.get('Service', namespace, name);
	if (service === undefined) return status(404, 'NotFound', `services "${name}" not found`);
	const ports = service.spec.ports ?? [];
	const isKnown = port === '' ? ports.length === 1 : ports.some(each => each.name === port || String(each.port) === port);
	if (!isKnown) return status(503, 'ServiceUnavailable', `no service port "${port}" found for service "${name}"`);
	const {selector} = service.spec;
	const serves = selector !== undefined && world.list('Pod', namespace).some(pod => fitsMap(selector, pod.metadata.labels) && isReady(pod));
	if (!serves) return status(503, 'ServiceUnavailable', `no endpoints available for service "${name}"`);
	return {status: 200, contentType: 'text/plain; charset=utf-8', body: 'ok\n'};
}

const status = (code: number, reason: string, message: string): HookAnswer => ({
	status: code,
	contentType: 'application/json',
	body: JSON.stringify({kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code}),
});
