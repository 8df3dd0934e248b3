import { Component, type ReactNode } from "react";

export interface FaultBoundaryProps {
  /** What is drawn; where it becomes another thing, it is tried again. */
  readonly of: string;
  /** Stands in its place when drawing it failed. */
  readonly instead: (fault: string, tryAgain: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface FaultState {
  readonly of: string;
  readonly fault: string | undefined;
}

/**
 * Where something in it cannot be drawn, says so in its place, and everything round it goes on. Nothing is lost with the views: what was typed and what waits to be
 * sent belongs to the models and the engine behind them.
 *
 * A class, because hooks catch nothing.
 */
export class FaultBoundary extends Component<FaultBoundaryProps, FaultState> {
  override state: FaultState = { of: this.props.of, fault: undefined };

  static getDerivedStateFromError(error: unknown): Pick<FaultState, "fault"> {
    return { fault: String(error) };
  }

  static getDerivedStateFromProps({ of }: FaultBoundaryProps, state: FaultState): FaultState | null {
    return of === state.of ? null : { of, fault: undefined };
  }

  override render() {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return this.props.instead(fault, () => this.setState({ fault: undefined }));
  }
}
