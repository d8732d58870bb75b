/**
 * Text that has less contrast than 4.5:1 with what lies behind it. Runs in the page, so it stands by itself:
 * colours are laid over each other from the page up, through every shadow root.
 */
export function contrastFaults(): string[] {
  type Color = [number, number, number, number];
  const parse = (text: string): Color => {
    const [, mixed] = /^color\(srgb ([^)]+)\)$/.exec(text) ?? [];
    if (mixed !== undefined) {
      const [r, g, b, a] = mixed.split(/[ /]+/).map(Number);
      return [r! * 255, g! * 255, b! * 255, a ?? 1];
    }
    const [r, g, b, a] = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return [r!, g!, b!, a ?? 1];
  };
  const over = (top: Color, below: Color): Color => {
    const mix = (i: 0 | 1 | 2): number => top[i] * top[3] + below[i] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = ([r, g, b]: Color): number => {
    const linear = [r, g, b].map((one) => {
      const share = one / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  const behind = (element: Element | null): Color => {
    if (!element) return [255, 255, 255, 1];
    const root = element.getRootNode();
    const parent =
      element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    return over(parse(getComputedStyle(element).backgroundColor), behind(parent));
  };
  const faults: string[] = [];
  const visit = (root: ParentNode): void => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const words = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim() ?? '')
        .join('');
      if (words === '' || element.tagName === 'STYLE' || element.tagName === 'OPTION') continue;
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.spoken, svg')) continue;
      // What cannot be used may be pale.
      if (element.closest(':disabled')) continue;
      const back = behind(element);
      const front = over(parse(getComputedStyle(element).color), back);
      const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
      const contrast = (light! + 0.05) / (dark! + 0.05);
      if (contrast < 4.5) faults.push(`“${words}” has ${contrast.toFixed(2)}:1`);
    }
  };
  visit(document);
  return faults;
}
