/** `could web be restarted?`: an order, where nothing more is asked about it; with `can` it asks whether that is possible. */
const plea =
	/(?:^|,\s+|[.;:]\s+)(?:could|would) (?:please )?(?:it|they|this|that|both|(?:the |our |both )?[\w.-]+(?: [\w.-]+)?(?:, [\w-]+ and [\w-]+,)?) (?:please )?be (?:restarted|rebooted|bounced|recycled|rolled(?: back)?|reverted|cordoned|uncordoned|(?:scaled|raised|set|moved|changed|switched|bumped|upgraded|increased|lowered|reduced)(?: up| down)? to [^,?]+)(?: again)?(?:,? please)?\s*\?*$/i;

export const isPassivePlea = (text: string): boolean => plea.test(text.trim());
