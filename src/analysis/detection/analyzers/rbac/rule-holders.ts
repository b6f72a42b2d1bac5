import type {Json} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Action} from '../../../access/access-rule.ts';
import type {Holder} from '../../../access/grants.ts';
import {deniedOf} from '../../../diagnosis/access-causes.ts';
import type {Access} from './denied.ts';
import {accountOf} from './workload-deeds.ts';

/** The words of one list of a rule. */
export const words = (rule: Json, field: string) => listAt(rule, field).map(String);

/** Who a workload is to the server. */
export const holderOf = (workload: KubeObject): Holder => ({
	kind: 'ServiceAccount',
	name: accountOf(workload),
	namespace: workload.metadata.namespace,
});

/** Those of the users of a role who lack what a rule of it says. */
export const lacking = (users: readonly KubeObject[], actions: readonly Action[], namespace: string | undefined, {grants}: Access) =>
	users.filter(workload => deniedOf(holderOf(workload), actions, namespace, grants).length > 0);

/** What a rule says with some of its resources and verbs. */
export const actionsOf = (rule: Json, resources: readonly string[], verbs: readonly string[]): readonly Action[] =>
	resources.flatMap(resource => verbs.map(verb => ({verb, resource, group: words(rule, 'apiGroups')[0] ?? ''})));
