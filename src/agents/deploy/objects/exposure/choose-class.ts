import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';

const defaultKey = 'ingressclass.kubernetes.io/is-default-class';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/**
 * The class of an Ingress: the named one, the default, or the only one.
 * @throws `no-ingress-class`, `no-such-class`, `which-class`
 */
export function chooseClass(classes: readonly KubeObject[], named: string | undefined): KubeObject {
	if (classes.length === 0)
		throw refusal(
			'no-ingress-class',
			'No IngressClass is known here',
			'nobody would serve an Ingress',
			'Install an ingress controller or a Gateway first',
		);
	const names = someOf(
		classes.map(({metadata}) => metadata.name),
		4,
	);
	const found = named === undefined ? undefined : classes.find(({metadata}) => metadata.name === named);
	if (named !== undefined && found === undefined)
		throw refusal('no-such-class', `There is no IngressClass ${named}`, `there are ${names}`, 'Name one of these');
	const [only, ...others] = classes;
	const usual =
		found ?? classes.find(({metadata}) => metadata.annotations?.[defaultKey] === 'true') ?? (others.length === 0 ? only : undefined);
	if (usual !== undefined) return usual;
	throw refusal('which-class', `There are ${classes.length} IngressClasses, and none is the default`, names, 'Name one with --class');
}
