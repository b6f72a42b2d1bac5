import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Controller, itself, type Key, type Tools} from '../controller.ts';

const rootCertificate = '-----BEGIN CERTIFICATE-----\nMIIBZW1iZWRkZWQgY2x1c3RlciwgbG9vcGJhY2sgb25seQ==\n-----END CERTIFICATE-----\n';

const certificateName = 'kube-root-ca.crt';
const description =
	'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Every namespace has a service account `default` and the certificate that pods trust. */
export function namespaceDefaults({machine}: Tools): Controller {
	const home = ({object}: {readonly object: KubeObject}): readonly Key[] => [{namespace: undefined, name: object.metadata.namespace ?? ''}];
	const ensure = (object: KubeObject) => {
		if (machine.get(object.kind, object.metadata.namespace, object.metadata.name) === undefined)
			machine.create(object, 'kube-controller-manager');
	};
	return {
		name: 'namespace-defaults',
		concerns: {
			Namespace: itself,
			ServiceAccount: event => (event.type === 'DELETED' ? home(event) : []),
			ConfigMap: event => (event.type === 'DELETED' || event.object.metadata.name === certificateName ? home(event) : []),
		},
		sync({name}) {
			const namespace = machine.get('Namespace', undefined, name);
			if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return undefined;
			ensure({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace: name}});
			const metadata = {name: certificateName, namespace: name, annotations: {'kubernetes.io/description': description}};
			const found = machine.get('ConfigMap', name, certificateName);
			const data = {'ca.crt': rootCertificate};
			ensure({apiVersion: 'v1', kind: 'ConfigMap', metadata, data});
			if (found !== undefined) machine.update({...found, data}, 'kube-controller-manager');
			return undefined;
		},
	};
}
