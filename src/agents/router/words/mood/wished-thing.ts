const kind =
	'(?:namespaces?|ns|deployments?|stateful ?sets?|daemon ?sets?|cron ?jobs?|services?|svc|ingress(?:es)?|config ?maps?|cm|secrets?|(?:cluster ?)?roles?|(?:cluster ?)?role ?bindings?|service ?accounts?|(?:network ?)?polic(?:y|ies)|netpols?|hpas?|auto-?scalers?|pdbs?|(?:pod )?disruption budgets?|(?:resource ?)?quotas?|limit ?ranges?|pvcs?|(?:volume )?claims?)';
const name = '["\'`]?[a-z0-9]*[-\\d][a-z0-9-]*["\'`]?';
const place = '(?: (?:in|for|on) [a-z0-9-]+(?: namespace)?| \\([a-z0-9-]+\\))?';

/** `a config map web-copy in shop equal to …`, `cm proxy-conf in edge: key …`: what is not there yet, by its kind and its name, and how it is to be. */
const named = new RegExp(
	`^(?:(?:an?|another|one more|new|one) (?:[\\w-]+ ){0,2}${kind} (?:named |called )?${name}|${kind} ${name}${place}\\s*[:;,(]|${name},? (?:an?|another|new) (?:[\\w-]+ ){0,2}${kind}\\b)`,
);

/** `could payments have a config map`, `may we get a namespace`. */
const asked = new RegExp(
	`^(?:can|could|may|might) (?!you\\b)(?:[\\w.-]+ ){1,4}?(?:please )?(?:get|have|be given|be granted|use) (?:an?|our own|its own|their own|new) (?:[\\w-]+ ){0,2}${kind}\\b`,
);

/** `for the audit we need a cluster role …` */
const needed = new RegExp(
	`\\b(?:i|we)(?:'d| would)? (?:also |now |just )?(?:need|want|like|require) (?:an?|another|one more|new) (?:[\\w-]+ ){0,2}${kind} (?:named |called )?${name}`,
);

/** `call the policy web-in`: what it is called is told of what is to be made. */
const called = new RegExp(`^(?:call|name) (?:(?:it|them|this|that|both)\\b|the ${kind} ${name})`);

/** `do it with a quota`: the rule that stands before is what is made. */
const done = new RegExp(`^(?:do|enforce|ensure|make) (?:it|that|this) (?:with|by|through|as|via) (?:an?|the) (?:[\\w-]+ ){0,2}${kind}`);

/** Whether a part wishes for a thing that is not there, with no word for the deed. */
export const wishesForThing = (part: string): boolean =>
	named.test(part) || called.test(part) || done.test(part) || needed.test(part) || asked.test(part);
