import {listAt, objectAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {invalidValue} from '../admission/validate/causes.ts';
import {type Cluster, timestamp} from '../cluster.ts';
import {decodeBody} from '../decode/body.ts';
import {invalid} from '../errors.ts';
import {serverAudience} from '../identity/account-tokens.ts';
import {type Answer, jsonAnswer} from './answer.ts';
import {type ApiRequest, header} from './request.ts';

const shortest = 600;

/** A token for a service account, for an hour if nothing else is said. Throws 422 for less than ten minutes. */
export function answerToken(cluster: Cluster, account: KubeObject, request: ApiRequest): Answer {
	const body = decodeBody(request.body, header(request, 'content-type'));
	const seconds = valueAt(body, 'spec', 'expirationSeconds') ?? 3600;
	if (typeof seconds !== 'number' || seconds < shortest) {
		const cause = invalidValue('spec.expirationSeconds', seconds, 'may not specify a duration less than 10 minutes');
		throw invalid({group: 'authentication.k8s.io', kind: 'TokenRequest'}, '', [cause]);
	}
	const asked = listAt(body, 'spec', 'audiences').filter(audience => typeof audience === 'string');
	const audiences = asked.length === 0 ? [serverAudience] : asked;
	const {name, namespace} = account.metadata;
	const told = {
		kind: 'TokenRequest',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: {name, namespace, creationTimestamp: timestamp(cluster)},
		spec: {boundObjectRef: null, ...objectAt(body, 'spec'), audiences, expirationSeconds: seconds},
		status: {token: cluster.tokens.issue(account, audiences, seconds), expirationTimestamp: timestamp(cluster, seconds * 1000)},
	};
	return jsonAnswer(told, 201);
}
