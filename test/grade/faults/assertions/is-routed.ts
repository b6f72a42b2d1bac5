import type {Json} from '../../../../src/core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../src/core/kube/json-at.ts';
import type {ClusterApi} from '../cluster-api.ts';
import {certificateFits} from './certificate-fits.ts';
import {readyEndpoints} from './ready-endpoints.ts';

/** Whether an Ingress has a class that exists, a certificate for each of its hosts, and ready endpoints behind each path. */
export async function isRouted(api: ClusterApi, namespace: string, name: string): Promise<boolean> {
	const ingress = await api.get('Ingress', namespace, name);
	const spec = objectAt(ingress, 'spec');
	const className = textAt(spec, 'ingressClassName');
	if (className === undefined || (await api.get('IngressClass', undefined, className)) === undefined) return false;
	for (const tls of listAt(spec, 'tls')) if (!(await isCertified(api, namespace, tls))) return false;
	const paths = listAt(spec, 'rules').flatMap(rule => listAt(rule, 'http', 'paths'));
	for (const path of paths) if (!(await isServed(api, namespace, objectAt(path, 'backend', 'service')))) return false;
	return true;
}

async function isCertified(api: ClusterApi, namespace: string, tls: Json): Promise<boolean> {
	const secret = await api.get('Secret', namespace, textAt(tls, 'secretName') ?? '');
	const hosts = listAt(tls, 'hosts').map(String);
	return secret !== undefined && (hosts.length === 0 || certificateFits(textAt(secret, 'data', 'tls.crt') ?? '', hosts, Date.now()));
}

async function isServed(api: ClusterApi, namespace: string, backend: Json): Promise<boolean> {
	const name = textAt(backend, 'name') ?? '';
	const service = await api.get('Service', namespace, name);
	if (service === undefined || (await readyEndpoints(api, namespace, name)).length === 0) return false;
	const [byNumber, byName] = [valueAt(backend, 'port', 'number'), valueAt(backend, 'port', 'name')];
	return listAt(service, 'spec', 'ports').some(port =>
		byName === undefined ? valueAt(port, 'port') === byNumber : valueAt(port, 'name') === byName,
	);
}
