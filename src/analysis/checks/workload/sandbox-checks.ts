import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check} from '../check.ts';
import {asked, toldOf} from './on-containers.ts';

const template = 'extensions.agents.x-k8s.io/SandboxTemplate';

/** Rooms for programs that nobody trusts, as agents write and run them. */
export const sandboxChecks: readonly AnyCheck[] = [
	check({
		id: 'sandbox-egress',
		family: 'workload',
		title: 'Sandboxes say where their programs may connect to',
		why: 'What nobody has read runs there: unless its way out is listed, it carries away what it finds, or attacks from within.',
		severity: 'medium',
		reads: [template],
		settings: {},
		look: world =>
			world.ofKind(template).map(object => {
				const fault = egressFault(object.spec);
				return {resource: refOf(object), faults: fault === undefined ? [] : [fault]};
			}),
	}),
];

/** The controller makes the policy from the template unless told not to; without one the public Internet is open. */
function egressFault(spec: Json | undefined) {
	const management = valueAt(spec, 'networkPolicyManagement');
	if (management !== undefined && management !== 'Managed') {
		return asked('spec.networkPolicyManagement', 'Managed', `its networks are ${String(management)}`);
	}
	const policy = valueAt(spec, 'networkPolicy');
	if (!isJsonObject(policy)) return asked('spec.networkPolicy', 'policy with the destinations it needs', 'it has no policy of its own');
	const egress = policy.egress;
	if (egress === undefined) return undefined;
	if (!Array.isArray(egress)) return toldOf(['spec.networkPolicy.egress'], 'its egress is no list');
	return egress.every(isScoped)
		? undefined
		: asked('spec.networkPolicy.egress', 'destinations it needs', 'a rule of its egress leads everywhere');
}

/** A rule without destinations, or with one that is everything, leads everywhere, whatever it leaves out. */
const isScoped = (rule: Json) => listAt(rule, 'to').length > 0 && listAt(rule, 'to').every(isScopedPeer);

function isScopedPeer(peer: Json): boolean {
	const cidr = valueAt(peer, 'ipBlock', 'cidr');
	if (valueAt(peer, 'ipBlock') !== undefined) return typeof cidr === 'string' && cidr !== '' && !/\/0$/.test(cidr);
	const selectors = ['podSelector', 'namespaceSelector'].map(field => valueAt(peer, field)).filter(each => each !== undefined);
	return (
		selectors.length > 0 &&
		selectors.some(selector => isJsonObject(selector) && ['matchLabels', 'matchExpressions'].some(part => isFilled(selector[part])))
	);
}

const isFilled = (value: Json | undefined) =>
	Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;
