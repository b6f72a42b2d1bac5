import type {SecretFacts} from '../../../analysis/detection/secret-facts.ts';
import type {JsonObject} from '../../../core/json.ts';
import {certificatesIn, certificateTexts, keyFits} from '../../../core/kube/certificate.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {withoutValues} from '../../../mcp/kubernetes/model/without-values.ts';

const decoded = (data: JsonObject, key: string) => Buffer.from(textAt(data, key) ?? '', 'base64').toString('utf8');

/**
 * A Secret without its values, and with what its certificate says: until when it is valid, for which hosts, and whether the key beside it is its own.
 * The key is looked at here and goes no further. Other kinds are as they were.
 */
export function withCertificates(object: KubeObject): KubeObject {
	const bare = withoutValues(object);
	const data = objectAt(object, 'data');
	if (object.kind !== 'Secret' || data['tls.crt'] === undefined) return bare;
	const pem = decoded(data, 'tls.crt');
	const facts: SecretFacts = {
		certificates: certificatesIn(pem).map(each => ({...each, names: [...each.names]})),
		...(data['tls.key'] === undefined ? {} : {keyFits: keyFits(pem, decoded(data, 'tls.key'))}),
		chain: [...certificateTexts(pem)],
		authorities: [...certificateTexts(decoded(data, 'ca.crt'))],
	};
	return {...bare, facts};
}
