import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Holder} from '../../../access/grants.ts';
import {isNoNamespace} from '../../mentions/cluster-name.ts';
import type {Survey} from '../../survey.ts';

/** Whether an account is known not to be there: of another namespace than the one that was looked at where its accounts were read, or it is not there itself. */
export function isMissing({namespace = '', name}: Holder, survey: Survey): boolean {
	const {peers = [], peersRead = []} = survey.snapshot;
	if (isNoNamespace(namespace, survey)) return true;
	if (survey.isRead('ServiceAccount', namespace)) return survey.find('ServiceAccount', namespace, name) === undefined;
	const isNamed = ({kind, metadata}: KubeObject) => kind === 'ServiceAccount' && metadata.namespace === namespace && metadata.name === name;
	return peersRead.some(each => each.kind === 'ServiceAccount' && each.namespace === namespace) && !peers.some(isNamed);
}
